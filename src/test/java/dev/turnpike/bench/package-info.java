/**
 * Microbenchmarks of what runs for every call on the event loop: {@code ./mvnw verify -Pbench}.
 *
 * <p>Comes in: one pattern of benchmark names, {@code -Dbench=…}. Goes out: JMH's own table, and
 * the same as JSON in {@code target/bench/bench.json}. Never does: stand for what a call costs as a
 * whole; the load profile tells that.
 */
@NullMarked
package dev.turnpike.bench;

import org.jspecify.annotations.NullMarked;
