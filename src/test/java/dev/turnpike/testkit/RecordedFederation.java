package dev.turnpike.testkit;

import dev.turnpike.protocol.mcp.federation.FederationListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was told of upstreams behind endpoints with several, one line each. Thread-safe. */
public final class RecordedFederation implements FederationListener {
  private final List<String> told = new CopyOnWriteArrayList<>();

  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void leftOut(String upstream, String why) {
    told.add("left out " + upstream + ": " + why);
  }

  @Override
  public void back(String upstream) {
    told.add("back " + upstream);
  }

  @Override
  public void omitted(String upstream, String what) {
    told.add("omitted " + upstream + ": " + what);
  }

  @Override
  public void alike(String endpoint, List<String> pairs) {
    told.add("alike " + endpoint + ": " + pairs);
  }

  @Override
  public void unfit(String endpoint, List<String> keys) {
    told.add("unfit " + endpoint + ": " + keys);
  }
}
