package dev.turnpike.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the admin API is, and how to get in; shared by all commands that ask it. */
final class AdminOptions {
  @Option(
      names = "--admin",
      paramLabel = "URL",
      defaultValue = "http://localhost:9000",
      description = "Its management port; ${DEFAULT-VALUE} where it is not given.")
  private URI admin = URI.create("http://localhost:9000");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the bearer token that the port wants.")
  private @Nullable Path token;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  private boolean help;

  AdminApi api() {
    return new AdminApi(admin, Optional.ofNullable(token));
  }
}
