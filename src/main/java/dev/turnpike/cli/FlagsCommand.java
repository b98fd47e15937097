package dev.turnpike.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "flags",
    description = "Say which flags are on at a Turnpike that is running, and why.",
    footer = {
      "",
      "A table with a line for each flag, and below it those that were switched.",
      "Exit status: 0 when it was told, 1 when not, 2 for wrong usage."
    },
    subcommands = {FlagsCommand.Set.class, FlagsCommand.Clear.class})
final class FlagsCommand implements Callable<Integer> {
  private static final String PATH = "/admin/flags";

  @Mixin private AdminOptions admin = new AdminOptions();

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "As callers of this tenant have them; else as nobody in particular has them.")
  private @Nullable String tenant;

  @Option(names = "--json", description = "Print the answer as it comes.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return Told.to(
        spec,
        out -> {
          String answer = admin.api().get(PATH + query(tenant));
          if (json) {
            out.println(answer);
          } else {
            FlagTable.lines(answer).forEach(out::println);
          }
          return 0;
        });
  }

  // they would be taken for another command's: to switch for all what is meant for one is no slip
  // to pass over
  private void nothingBefore(String command) {
    if (spec != null && !spec.commandLine().getParseResult().matchedOptions().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "options go behind '" + command + "', not before it");
    }
  }

  private static String query(@Nullable String tenant) {
    return tenant == null ? "" : "?tenant=" + URLEncoder.encode(tenant, UTF_8);
  }

  private static String path(String key) {
    return PATH + "/" + URLEncoder.encode(key, UTF_8);
  }

  @Command(
      name = "set",
      description = "Switch a flag, for one tenant or for all, until it is cleared or has expired.",
      footer = {
        "",
        "For example:",
        "  turnpike flags set protocol.mcp.2025-03-26 off --tenant labs --reason 'moved on'",
        "",
        "Exit status: 0 when it was switched, 1 when not, 2 for wrong usage."
      })
  static final class Set implements Callable<Integer> {
    /** As it is written. */
    enum Value {
      on,
      off
    }

    @Mixin private AdminOptions admin = new AdminOptions();

    @Parameters(paramLabel = "KEY", description = "Its name, as turnpike flags has it.")
    private String key = "";

    @Parameters(paramLabel = "VALUE", description = "on or off.")
    private Value value = Value.off;

    @Option(
        names = "--tenant",
        paramLabel = "NAME",
        description = "For this tenant alone; for all, without.")
    private @Nullable String tenant;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; the audit trail keeps it.")
    private String reason = "";

    @Option(
        names = "--expires",
        paramLabel = "WHEN",
        description = "Such as 2h, 30d or 2026-12-31T18:00:00Z; never, without.")
    private @Nullable String expires;

    @Spec private @Nullable CommandSpec spec;

    @ParentCommand private @Nullable FlagsCommand parent;

    @Override
    public Integer call() {
      if (parent != null) {
        parent.nothingBefore("set");
      }
      return Told.to(
          spec,
          out -> {
            JsonObject wish = new JsonObject().put("value", value == Value.on);
            if (tenant != null) {
              wish.put("tenant", tenant);
            }
            wish.put("reason", reason);
            if (expires != null) {
              wish.put("expires", expires);
            }
            FlagTable.lines(admin.api().put(path(key), wish.encode())).forEach(out::println);
            return 0;
          });
    }
  }

  @Command(
      name = "clear",
      description = "Take back what was set for a tenant, or for all: its file decides again.",
      footer = {"", "Exit status: 0 when it was taken back, 1 when not, 2 for wrong usage."})
  static final class Clear implements Callable<Integer> {
    @Mixin private AdminOptions admin = new AdminOptions();

    @Parameters(paramLabel = "KEY", description = "Its name, as turnpike flags has it.")
    private String key = "";

    @Option(
        names = "--tenant",
        paramLabel = "NAME",
        description = "What was set for this tenant; without, what was set for all.")
    private @Nullable String tenant;

    @Spec private @Nullable CommandSpec spec;

    @ParentCommand private @Nullable FlagsCommand parent;

    @Override
    public Integer call() {
      if (parent != null) {
        parent.nothingBefore("clear");
      }
      return Told.to(
          spec,
          out -> {
            FlagTable.lines(admin.api().delete(path(key) + query(tenant))).forEach(out::println);
            return 0;
          });
    }
  }
}
