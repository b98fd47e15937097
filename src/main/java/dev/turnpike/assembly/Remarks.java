package dev.turnpike.assembly;

import dev.turnpike.config.Reach;
import dev.turnpike.config.Setup;
import dev.turnpike.config.UpstreamSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is right in a file and may still not work: it depends on the machine and the settings of the
 * process, which need not be those here.
 */
final class Remarks {
  private Remarks() {}

  /**
   * One line for each, in the order of the file.
   *
   * @param httpSse whether upstreams are called over the transport of 2024-11-05
   */
  static Stream<String> on(Setup setup, boolean httpSse) {
    return setup.upstreams().values().stream()
        .flatMap(upstream ->
            on(upstream, httpSse).stream()
                .map(remark -> "note: upstreams." + upstream.name() + ".mcp." + remark));
  }

  private static List<String> on(UpstreamSpec upstream, boolean httpSse) {
    return switch (upstream.reach()) {
      case Reach.Http _, Reach.Card _ -> List.of();
      case Reach.Events _ ->
          httpSse
              ? List.of()
              : List.of(
                  "transport: http-sse is called only where turnpike.mcp.http-sse=true is set for"
                      + " the process (TURNPIKE_MCP_HTTP_SSE=true), or the flag upstream.mcp.http-sse is"
                      + " on");
      case Reach.Program program -> on(program);
    };
  }

  private static List<String> on(Reach.Program program) {
    List<String> remarks = new ArrayList<>();
    Path command = Path.of(program.command().getFirst());
    if (command.isAbsolute() && !Files.isExecutable(command)) {
      remarks.add("command: " + command + " is no program that can be run here");
    }
    program
        .directory()
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(folder -> remarks.add("directory: " + folder + " is no folder here"));
    program
        .files()
        .forEach((variable, file) -> {
          if (!Files.isReadable(file)) {
            remarks.add("env." + variable + ".file: " + file + " cannot be read here");
          }
        });
    return remarks;
  }
}
