package dev.turnpike.config;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what is in force in step with the file. A content is judged when two looks in a row have
 * found it, so that a file in the middle of being written is left alone; whatever is then wrong
 * with it, the last good one goes on.
 *
 * @param <T> what the setup is compiled to
 */
public final class ConfigWatch<T> {
  private final ConfigFile file;
  private final Compile<T> compile;
  private final InstantSource clock;
  private final ConfigListener listener;

  private volatile Current<T> current;
  private String inForce;
  private String judged;
  private String lastSeen;

  private ConfigWatch(
      ConfigFile file, Compile<T> compile, InstantSource clock, ConfigListener listener)
      throws ConfigRejected {
    this.file = file;
    this.compile = compile;
    this.clock = clock;
    this.listener = listener;
    ConfigFile.Content first = file.look();
    this.current =
        new Current<>(compile.compile(file.read(first)), clock.instant(), Optional.empty());
    this.inForce = first.fingerprint();
    this.judged = inForce;
    this.lastSeen = inForce;
  }

  /**
   * Reads the file for the first time. Blocks.
   *
   * @throws ConfigRejected when there is nothing good to begin with
   */
  public static <T> ConfigWatch<T> open(
      ConfigFile file, Compile<T> compile, InstantSource clock, ConfigListener listener)
      throws ConfigRejected {
    return new ConfigWatch<>(file, compile, clock, listener);
  }

  /** What is in force. From any thread, without waiting. */
  public Current<T> current() {
    return current;
  }

  /**
   * Looks at the file, and takes or refuses what has settled there. Blocks, so it is not for an
   * event loop; a second caller waits for the first. Two polls see a change through.
   */
  public synchronized void poll() {
    ConfigFile.Content content = file.look();
    boolean settled = content.fingerprint().equals(lastSeen);
    lastSeen = content.fingerprint();
    if (settled && !lastSeen.equals(judged)) {
      judged = lastSeen;
      judge(content);
    }
  }

  private void judge(ConfigFile.Content content) {
    try {
      Setup setup = file.read(content);
      if (content.fingerprint().equals(inForce)) {
        current = new Current<>(current.value(), current.since(), Optional.empty());
      } else {
        T value = compile.compile(setup);
        current = new Current<>(value, clock.instant(), Optional.empty());
        inForce = content.fingerprint();
      }
      listener.taken(setup);
    } catch (ConfigRejected rejected) {
      refuse(rejected.problems());
    } catch (RuntimeException bug) {
      listener.broken(bug);
      refuse(
          List.of(
              new Problem(
                  new Mark(file.path().toString(), 1, 1),
                  Problems.WHOLE_FILE,
                  "it cannot be put in force because of a mistake in Turnpike itself; see the"
                      + " log")));
    }
  }

  private void refuse(List<Problem> problems) {
    Instant now = clock.instant();
    Rejected rejected = new Rejected(now, problems);
    current = new Current<>(current.value(), current.since(), Optional.of(rejected));
    listener.refused(rejected);
  }
}
