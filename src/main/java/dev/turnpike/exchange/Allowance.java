package dev.turnpike.exchange;

import java.time.Duration;

/**
 * What is left of a budget for its caller.
 *
 * @param unit what it counts, as it is written in the file
 * @param remaining at least 0, after all that the call has come to so far
 * @param reset as in the header field {@code RateLimit}
 */
public record Allowance(String budget, String unit, long limit, long remaining, Duration reset) {}
