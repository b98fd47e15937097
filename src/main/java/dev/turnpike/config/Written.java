package dev.turnpike.config;

/**
 * A value with the place where it was written.
 *
 * @param mark where the first character of it stands; of a block of lines, its indicator
 */
public record Written<T>(T value, Mark mark) {}
