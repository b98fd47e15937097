package dev.turnpike.protocol.mcp.federation;

import java.util.List;

/** Hears of upstreams that come and go behind endpoints with several. From any thread. */
public interface FederationListener {
  /** Hears nothing. */
  FederationListener NOOP =
      new FederationListener() {
        @Override
        public void leftOut(String upstream, String why) {}

        @Override
        public void back(String upstream) {}

        @Override
        public void omitted(String upstream, String what) {}

        @Override
        public void alike(String endpoint, List<String> pairs) {}

        @Override
        public void unfit(String endpoint, List<String> keys) {}
      };

  /** The upstream could be asked before, or was asked for the first time, and is in no list now. */
  void leftOut(String upstream, String why);

  /** It is in the lists again. */
  void back(String upstream);

  /** It is in the lists, and something of it is not. */
  void omitted(String upstream, String what);

  /** The endpoint shows names that can be taken for one another; told when they come to be. */
  void alike(String endpoint, List<String> pairs);

  /**
   * All upstreams of the endpoint are there, and what it says of its tools fits none of theirs;
   * told when that comes to be.
   *
   * @param keys of the configuration
   */
  void unfit(String endpoint, List<String> keys);
}
