package dev.turnpike.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "usage",
    description = "Say who used what at a Turnpike that is running.",
    footer = {
      "",
      "A table with a line for each of what is told apart, and one for all together.",
      "Exit status: 0 when it was told, 1 when not, 2 for wrong usage."
    })
final class UsageCommand implements Callable<Integer> {
  @Mixin private AdminOptions admin = new AdminOptions();

  @Option(
      names = "--by",
      paramLabel = "WORDS",
      defaultValue = "caller,target",
      description =
          "What to tell apart: caller, tenant, endpoint, target, lane, apart by commas;"
              + " ${DEFAULT-VALUE} where it is not given.")
  private String by = "caller,target";

  @Option(
      names = "--from",
      paramLabel = "MOMENT",
      description = "Such as 2026-11-23 or 2026-11-23T08:00:00Z; all there is, without.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "MOMENT", description = "Likewise; it is not in itself.")
  private @Nullable String to;

  @Option(names = "--json", description = "Print the answer as it comes.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return Told.to(
        spec,
        out -> {
          String answer = admin.api().get("/admin/usage?" + query());
          if (json) {
            out.println(answer);
          } else {
            UsageTable.lines(answer).forEach(out::println);
          }
          return 0;
        });
  }

  private String query() {
    Map<String, @Nullable String> asked = new LinkedHashMap<>();
    asked.put("by", by);
    asked.put("from", from);
    asked.put("to", to);
    return asked.entrySet().stream()
        .filter(each -> each.getValue() != null)
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
