package dev.turnpike.architecture.offenders;

import dev.turnpike.architecture.offenders.observe.Meter;
import io.vertx.core.buffer.Buffer;

/** A road that knows who watches it, and what carries it. */
public record Road(Meter meter, Buffer buffer) {}
