package dev.turnpike.budget;

import java.time.Instant;

/**
 * Now, on both clocks: buckets count by the one that never jumps, calendars by the one on the wall.
 *
 * @param nanos monotonic, from no fixed point
 */
record Moment(long nanos, Instant wall) {}
