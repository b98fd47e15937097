package dev.turnpike.upstream.program;

/** Hears how programs fare; on any thread. */
public interface ProgramListener {
  ProgramListener NOOP =
      new ProgramListener() {
        @Override
        public void notStarted(String upstream, String why) {}

        @Override
        public void started(String upstream, long pid) {}

        @Override
        public void said(String upstream, long pid, String line) {}

        @Override
        public void unsaid(String upstream, long pid, long lines) {}

        @Override
        public void rubbish(String upstream, long pid, long lines) {}

        @Override
        public void ended(String upstream, long pid, String how) {}
      };

  /** It could not be started; why, in words for an operator. */
  void notStarted(String upstream, String why);

  void started(String upstream, long pid);

  /** A line of its standard error: untrusted text, shortened. */
  void said(String upstream, long pid, String line);

  /** So many lines of its standard error were not told, because there were too many. */
  void unsaid(String upstream, long pid, long lines);

  /** It has written so many lines to its standard output by now that are no messages. */
  void rubbish(String upstream, long pid, long lines);

  void ended(String upstream, long pid, String how);
}
