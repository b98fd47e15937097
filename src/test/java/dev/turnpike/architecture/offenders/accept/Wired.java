package dev.turnpike.architecture.offenders.accept;

import dev.turnpike.architecture.offenders.assembly.Graph;

/** Reaches into the assembly. */
record Wired(Graph graph) {}
