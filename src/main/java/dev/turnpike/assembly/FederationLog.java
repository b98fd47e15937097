package dev.turnpike.assembly;

import dev.turnpike.protocol.mcp.federation.FederationListener;
import java.util.List;
import org.jboss.logging.Logger;

/** What comes and goes behind endpoints with several upstreams is told once, in the log. */
final class FederationLog implements FederationListener {
  private static final Logger LOG = Logger.getLogger("turnpike");

  private static final int MOST_PAIRS = 10;

  @Override
  public void leftOut(String upstream, String why) {
    LOG.warnf("upstream %s is left out of lists: %s", upstream, why);
  }

  @Override
  public void back(String upstream) {
    LOG.infof("upstream %s is in the lists again", upstream);
  }

  @Override
  public void omitted(String upstream, String what) {
    LOG.warnf("not all of upstream %s is in the lists: %s", upstream, what);
  }

  @Override
  public void alike(String endpoint, List<String> pairs) {
    LOG.warnf(
        "endpoint %s shows names that can be taken for one another: %s%s",
        endpoint,
        String.join(", ", pairs.subList(0, Math.min(pairs.size(), MOST_PAIRS))),
        pairs.size() > MOST_PAIRS ? ", and more" : "");
  }

  @Override
  public void unfit(String endpoint, List<String> keys) {
    LOG.warnf(
        "endpoint %s says of its tools what fits none of them: %s%s",
        endpoint,
        String.join(", ", keys.subList(0, Math.min(keys.size(), MOST_PAIRS))),
        keys.size() > MOST_PAIRS ? ", and more" : "");
  }
}
