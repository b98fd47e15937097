package dev.turnpike.architecture.offenders.relay;

import dev.turnpike.architecture.offenders.observe.Meter;

/** A step that knows who watches it. */
record Measures(Meter meter) {}
