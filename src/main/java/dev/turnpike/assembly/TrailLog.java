package dev.turnpike.assembly;

import dev.turnpike.audit.TrailListener;
import org.jboss.logging.Logger;

/** Says in the log how the audit trail goes. */
final class TrailLog implements TrailListener {
  private static final Logger LOG = Logger.getLogger("turnpike.audit");

  @Override
  public void broken(String why) {
    LOG.errorf(
        "THE AUDIT TRAIL CANNOT BE WRITTEN: %s. Records wait in memory; see to the disk, or set"
            + " turnpike.data",
        why);
  }

  @Override
  public void missing(long records) {
    LOG.errorf("the audit trail lacks %d records at its end that were written once", records);
  }

  @Override
  public void restored(long lost) {
    LOG.warnf("the audit trail is written again; %d records were lost", lost);
  }
}
