package dev.turnpike.assembly;

import dev.turnpike.audit.Deed;
import dev.turnpike.flags.Switched;
import dev.turnpike.lane.LaneListener;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Says in the log what goes wrong in the lanes of alphas, and turns off what goes wrong too often.
 *
 * @param trail is told of what turned itself off
 */
record LaneLog(FlagBoard flags, Consumer<Deed> trail) implements LaneListener {
  private static final Logger LOG = Logger.getLogger("turnpike.lane");

  @Override
  public void failed(String flag, Throwable bug) {
    LOG.warnf(bug, "%s: a call failed in the experimental lane", flag);
  }

  @Override
  public void tripped(String flag, String why) {
    LOG.errorf(
        "%s IS OFF: %s. It stays off for everybody until an administrator clears that"
            + " (turnpike flags clear %s), or switches it for all",
        flag, why, flag);
    trail.accept(
        Deed.act(InstantSource.system().instant(), "flag " + flag, Switched.BREAKER, "off", why));
    flags.trip(flag, why);
  }
}
