package dev.turnpike.architecture.offenders.protocol;

import dev.turnpike.architecture.offenders.protocol.alpha.second.Second;

/** Names an alpha, which then can no longer be plucked. */
record Registry(Second second) {}
