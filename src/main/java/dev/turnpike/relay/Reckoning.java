package dev.turnpike.relay;

import dev.turnpike.tokens.Notes;
import dev.turnpike.tokens.Scales;

/** How answers of one protocol are weighed, and how budgets speak in them. */
public record Reckoning(Scales scales, Notes notes) {}
