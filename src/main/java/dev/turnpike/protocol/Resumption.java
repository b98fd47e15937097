package dev.turnpike.protocol;

import dev.turnpike.upstream.Outgoing;
import java.time.Duration;

/**
 * How an answer goes on whose connection the upstream closed: with this request, after that time.
 */
public record Resumption(Outgoing outgoing, Duration after) {}
