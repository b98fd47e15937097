package dev.turnpike.architecture.offenders.rpc;

import dev.turnpike.architecture.offenders.Road;

/** A step imports the class that joins the steps. */
record KnowsTheRoad(Road road) {}
