package dev.turnpike.architecture.offenders.protocol.alpha.first;

import dev.turnpike.architecture.offenders.protocol.alpha.second.Second;

/** An alpha that leans on another. */
record First(Second second) {}
