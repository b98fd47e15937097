package dev.turnpike.upstream;

/** One header field. */
public record Field(String name, String value) {}
