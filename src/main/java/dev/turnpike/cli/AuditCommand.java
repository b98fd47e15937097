package dev.turnpike.cli;

import dev.turnpike.audit.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "audit", description = "Look after the audit trail.")
final class AuditCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  private boolean help;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("no arguments were parsed");
    }
    throw new CommandLine.ParameterException(spec.commandLine(), "audit what? There is: verify");
  }

  @Command(
      name = "verify",
      description = "Find out whether a record was changed, lost or moved since it was written.",
      footer = {"", "Exit status: 0 when none was, 1 when some was, 2 for wrong usage."})
  int verify(
      @Parameters(
              paramLabel = "FOLDER",
              defaultValue = "data/audit",
              description = "Where the files are; ${DEFAULT-VALUE} where it is not given.")
          Path folder,
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Print this and end.")
          boolean wantsHelp) {
    return Told.to(
        spec,
        out -> {
          Verification found = verified(folder);
          if (!found.faults().isEmpty()) {
            throw new AdminApi.Untold(String.join(System.lineSeparator(), found.faults()));
          }
          if (found.records() == 0) {
            throw new AdminApi.Untold(folder + " holds no records");
          }
          out.printf(
              "%d records, from %d to %d: none was changed, lost or moved%n",
              found.records(), found.first(), found.last());
          return 0;
        });
  }

  private static Verification verified(Path folder) throws AdminApi.Untold {
    if (!Files.isDirectory(folder)) {
      throw new AdminApi.Untold(
          folder + " is no folder: the trail is in the folder audit of turnpike.data");
    }
    try {
      return Verification.of(folder);
    } catch (IOException unreadable) {
      throw new AdminApi.Untold(folder + " cannot be read: " + unreadable.getMessage());
    }
  }
}
