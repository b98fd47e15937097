package dev.turnpike.config;

import java.time.Instant;
import java.util.Optional;

/**
 * What is in force.
 *
 * @param since when it was taken
 * @param lastRefusal of the file as it is now; empty when that is what is in force
 */
public record Current<T>(T value, Instant since, Optional<Rejected> lastRefusal) {}
