package dev.turnpike.config;

/** A value with the place where it was written. */
public record Written<T>(T value, Mark mark) {}
