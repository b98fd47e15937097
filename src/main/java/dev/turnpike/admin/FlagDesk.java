package dev.turnpike.admin;

import dev.turnpike.flags.Decision;
import dev.turnpike.flags.Flag;
import dev.turnpike.flags.Switched;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells of flags, and switches them. Asked on a worker thread. */
public interface FlagDesk {
  /**
   * A flag as it stands.
   *
   * @param decision for the tenant asked about, else for nobody in particular
   * @param switched what administrators have switched of it
   * @param uses what uses it now, in words
   * @param ifOff what would break if it were turned off, in words; empty where nothing would
   */
  record Standing(
      Flag flag, Decision decision, List<Switched> switched, List<String> uses, String ifOff) {}

  /** What became of a wish. */
  enum Outcome {
    DONE,
    /** There is no such flag. */
    UNKNOWN,
    /** It is switched by those who deploy, or by nobody. */
    LOCKED,
    /** It is on or off for all tenants alike. */
    FOR_ALL
  }

  /** All flags, in the order of the alphabet. */
  List<Standing> all(Optional<String> tenant);

  /**
   * Switches one, here at once and at every replica within two seconds.
   *
   * @throws IOException where it could not be kept, so that nothing has changed
   */
  Outcome put(Switched switched) throws IOException;

  /**
   * Takes one back.
   *
   * @throws IOException where that could not be kept, so that nothing has changed
   */
  Outcome remove(String key, Optional<String> tenant, String by) throws IOException;
}
