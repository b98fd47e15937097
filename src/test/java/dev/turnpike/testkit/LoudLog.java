package dev.turnpike.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Listens to what is logged as a warning or worse. What a caller or an upstream does wrong is told
 * in its line of the access log, and nowhere else.
 */
public final class LoudLog implements AutoCloseable {
  // one for the whole process: it outlives a road, and warns that the road's event loops are gone
  private static final String TIMER = "io.smallrye.faulttolerance.core.timer";

  private final List<String> loud = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");
  private final Handler ear =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel().intValue() >= Level.WARNING.intValue()
              && !TIMER.equals(record.getLoggerName())) {
            loud.add(record.getLoggerName() + ": " + record.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public LoudLog() {
    root.addHandler(ear);
  }

  public void mustBeQuiet() {
    if (!loud.isEmpty()) {
      throw new AssertionError("logged: " + loud);
    }
  }

  @Override
  public void close() {
    root.removeHandler(ear);
  }
}
