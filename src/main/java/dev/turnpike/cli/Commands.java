package dev.turnpike.cli;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.identify.BearerKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Understands the arguments and does what they say. */
@Command(
    name = "turnpike",
    description = "The toll road for agents: one gateway for MCP traffic.",
    footer = {
      "",
      "Without a command it serves: what TURNPIKE_CONFIG or --config names, or else",
      "the ready configuration for the demo servers, which --demo starts."
    },
    versionProvider = Commands.Version.class,
    subcommands = {
      CatalogCommand.class,
      ExplainCommand.class,
      UsageCommand.class,
      FlagsCommand.class,
      AuditCommand.class
    },
    sortOptions = false)
public final class Commands implements Callable<Integer> {
  static final int REFUSED = 1;

  private static final int KEY_BYTES = 32;

  private final Checker checker;
  private final Launch launch;
  private final RandomGenerator random;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Serve this turnpike.yaml, whatever TURNPIKE_CONFIG says.")
  private @Nullable Path config;

  @Option(names = "--demo", description = "Start the two demo MCP servers on loopback, too.")
  private boolean demo;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and end.")
  private boolean version;

  @Spec private @Nullable CommandSpec spec;

  /**
   * @param random a source that cannot be predicted, for keys
   */
  public Commands(Checker checker, Launch launch, RandomGenerator random) {
    this.checker = checker;
    this.launch = launch;
    this.random = random;
  }

  /**
   * Runs one command line. Returns its exit status once it is done; a server is done when it ends.
   */
  public int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return new CommandLine(this)
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((wrong, given) -> explain(wrong))
        .setExecutionExceptionHandler((bug, command, parsed) -> {
          bug.printStackTrace(err);
          err.println("This is a bug of Turnpike.");
          return REFUSED;
        })
        .execute(arguments);
  }

  private static int explain(CommandLine.ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    String what =
        wrong instanceof CommandLine.UnmatchedArgumentException unmatched
            ? "Unknown command or option: " + unmatched.getUnmatched().getFirst()
            : wrong.getMessage();
    line.getErr().println(what);
    line.usage(line.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public Integer call() {
    return launch.serve(new Launch.Options(Optional.ofNullable(config), demo));
  }

  @Command(
      name = "check",
      description = "Check a turnpike.yaml, and say what it would serve. Opens no port.",
      footer = {"", "Exit status: 0 when it can be served, 1 when not, 2 for wrong usage."})
  int check(
      @Parameters(paramLabel = "FILE", description = "The file to check.") Path file,
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Print this and end.")
          boolean wantsHelp) {
    if (config != null || demo) {
      throw new CommandLine.ParameterException(
          line(), "--config and --demo are for serving, not for check");
    }
    try {
      checker.check(file).forEach(line().getOut()::println);
      return 0;
    } catch (ConfigRejected rejected) {
      rejected.problems().forEach(line().getErr()::println);
      return REFUSED;
    }
  }

  @Command(
      name = "key",
      description = "Make a bearer key for a user without an issuer.",
      footer = {
        "",
        "Prints the key, which is kept nowhere, and the line for the file that",
        "turnpike.identity.keys-file names.",
        "Exit status: 0 when it was made, 2 for wrong usage."
      })
  int key(
      @Parameters(paramLabel = "SUBJECT", description = "Whom it stands for.") String subject,
      @Option(names = "--tenant", description = "The user's tenant.") @Nullable String tenant,
      @Option(names = "--group", description = "A group; may be given more than once.")
          @Nullable List<String> groups,
      @Option(names = "--scope", description = "A scope; may be given more than once.")
          @Nullable List<String> scopes,
      @Option(names = "--expires", description = "Such as 2027-01-31T00:00:00Z.")
          @Nullable String expires,
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Print this and end.")
          boolean wantsHelp) {
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    String key = "tp_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    StringBuilder entry = new StringBuilder(BearerKeys.hash(key)).append(' ').append(subject);
    append(entry, "tenant", tenant);
    append(entry, "groups", groups == null ? null : String.join(",", groups));
    append(entry, "scopes", scopes == null ? null : String.join(",", scopes));
    append(entry, "expires", expires);
    try {
      BearerKeys.read(List.of(entry.toString()));
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(
          line(), "these make no line of the file; expected " + BearerKeys.EXPECTED);
    }
    line().getOut().println(key);
    line().getOut().println(entry);
    return 0;
  }

  private static void append(StringBuilder entry, String name, @Nullable String value) {
    if (value != null) {
      entry.append(' ').append(name).append('=').append(value);
    }
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("no arguments were parsed");
    }
    return spec.commandLine();
  }

  /** Asks the build only when somebody wants to know. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return Build.current().lines().toArray(String[]::new);
    }
  }
}
