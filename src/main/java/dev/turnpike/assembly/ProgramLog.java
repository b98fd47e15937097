package dev.turnpike.assembly;

import dev.turnpike.upstream.program.ProgramListener;
import org.jboss.logging.Logger;

/** Tells in the log how programs fare, and what they say on their standard error. */
final class ProgramLog implements ProgramListener {
  private static final Logger LOG = Logger.getLogger("turnpike.stdio");

  @Override
  public void notStarted(String upstream, String why) {
    LOG.errorf("upstream %s cannot be started: %s", upstream, plain(why));
  }

  @Override
  public void started(String upstream, long pid) {
    LOG.infof("upstream %s [%d] started", upstream, pid);
  }

  @Override
  public void said(String upstream, long pid, String line) {
    LOG.infof("upstream %s [%d] stderr: %s", upstream, pid, plain(line));
  }

  @Override
  public void unsaid(String upstream, long pid, long lines) {
    LOG.warnf("upstream %s [%d] stderr: %d more lines left out", upstream, pid, lines);
  }

  @Override
  public void rubbish(String upstream, long pid, long lines) {
    LOG.warnf(
        "upstream %s [%d] has written %d lines to its standard output that are no messages",
        upstream, pid, lines);
  }

  @Override
  public void ended(String upstream, long pid, String how) {
    LOG.infof("upstream %s [%d] ended: %s", upstream, pid, how);
  }

  // what comes from outside begins no line of its own and does not talk to a terminal
  static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(point -> out.appendCodePoint(shown(point) ? point : '?'));
    return out.toString();
  }

  private static boolean shown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
