package dev.turnpike.architecture.offenders.catalog;

import io.vertx.core.buffer.Buffer;

/** A pure step that takes what a framework made. */
record Framed(Buffer buffer) {}
