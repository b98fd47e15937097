package dev.turnpike.store;

import dev.turnpike.config.BudgetSpec.Window;

/** Windows in the words of the script. */
final class Windows {
  private Windows() {}

  static String kind(Window window) {
    return switch (window) {
      case Window.Rolling _ -> "r";
      case Window.Day _ -> "d";
      case Window.Month _ -> "m";
      case Window.Open _ -> "o";
    };
  }

  /** Microseconds of a window that rolls, at least 1; 0 of another. */
  static long micros(Window window) {
    return switch (window) {
      case Window.Rolling(var length) -> Math.max(1, length.toNanos() / 1_000);
      case Window.Day _, Window.Month _, Window.Open _ -> 0;
    };
  }
}
