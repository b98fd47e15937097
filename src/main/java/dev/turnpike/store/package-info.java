/**
 * What replicas share, in Redis.
 *
 * <p>Comes in: what is needed of counters, and what was spent. Goes out: where they stand, after
 * one script that ran for all of them. Never does: decide, wait for an answer, keep anything here,
 * write a caller's identity into a key.
 */
@NullMarked
package dev.turnpike.store;

import org.jspecify.annotations.NullMarked;
