package dev.turnpike.upstream;

import java.time.Duration;

/**
 * What an upstream's answer may take.
 *
 * @param message bytes of one message
 * @param timeout to the first byte, and between two bytes of a body that is no event stream
 * @param idle between two bytes of an event stream
 */
public record AnswerLimits(int message, Duration timeout, Duration idle) {}
