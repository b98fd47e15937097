package dev.turnpike.config;

/**
 * Is told what became of changes of the file: once for each content. Called by the one who polls.
 */
public interface ConfigListener {
  /** Hears nothing. */
  ConfigListener NOOP =
      new ConfigListener() {
        @Override
        public void taken(Setup setup) {}

        @Override
        public void refused(Rejected rejected) {}

        @Override
        public void broken(RuntimeException bug) {}
      };

  /** A new content is in force, or the one in force is back in the file after a refused one. */
  void taken(Setup setup);

  /** The content is refused; what was in force goes on. */
  void refused(Rejected rejected);

  /** The compile step failed as it never should; told before {@link #refused}. */
  void broken(RuntimeException bug);
}
