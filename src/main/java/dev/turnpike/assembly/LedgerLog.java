package dev.turnpike.assembly;

import dev.turnpike.account.LedgerListener;
import org.jboss.logging.Logger;

/** Says in the log how the ledger goes. */
final class LedgerLog implements LedgerListener {
  private static final Logger LOG = Logger.getLogger("turnpike.ledger");

  @Override
  public void unwritten(String why) {
    LOG.errorf(
        "THE LEDGER CANNOT BE WRITTEN: %s. Entries wait in memory; see to the disk, or set"
            + " turnpike.data",
        why);
  }

  @Override
  public void written(long lost) {
    LOG.warnf("the ledger is written again; %d entries were lost", lost);
  }

  @Override
  public void unmoved(String why) {
    LOG.errorf(
        "the ledger's database cannot be used: %s. Entries wait in the journal, and none is lost",
        why);
  }

  @Override
  public void moved() {
    LOG.info("the ledger's database is used again");
  }
}
