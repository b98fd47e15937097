package dev.turnpike.upstream;

import dev.turnpike.config.UpstreamSpec;

/** Makes the way to an upstream, as its part of the configuration wants it. */
@FunctionalInterface
public interface Connector {
  Transport connect(UpstreamSpec spec);
}
