package dev.turnpike.architecture.offenders.rpc;

import dev.turnpike.architecture.offenders.budget.Reserved;

/** The lowest step imports a later one. */
record LooksAhead(Reserved reserved) {}
