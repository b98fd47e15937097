package dev.turnpike.catalog;

/**
 * What is served under one path.
 *
 * @param upstream the name of the one upstream behind it
 * @param anonymous whether a caller without identity is let in
 */
public record Endpoint(String name, String upstream, boolean anonymous) {}
