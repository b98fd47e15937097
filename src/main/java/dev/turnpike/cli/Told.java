package dev.turnpike.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Ends a command that tells something: what it says goes out, why it cannot to the errors. */
@FunctionalInterface
interface Told {
  int say(PrintWriter out) throws AdminApi.Untold;

  /** The exit status. */
  static int to(@Nullable CommandSpec spec, Told told) {
    if (spec == null) {
      throw new IllegalStateException("no arguments were parsed");
    }
    try {
      return told.say(spec.commandLine().getOut());
    } catch (AdminApi.Untold untold) {
      spec.commandLine().getErr().println(untold.getMessage());
      return Commands.REFUSED;
    }
  }
}
