package dev.turnpike.fuzz;

/** Where Jazzer comes in, in a process for each target. It finds these methods by their names. */
public final class Entry {
  private static final Targets WHICH = Targets.valueOf(System.getProperty("fuzz.target", "JSON"));
  private static final Target TARGET = WHICH.target();

  private Entry() {}

  public static void fuzzerTestOneInput(byte[] input) {
    TARGET.judge(input);
  }
}
