/**
 * A2A 0.3 over JSON-RPC, to and from the canonical form, which is that of 1.0.
 *
 * <p>Comes in: parameters, results, events and errors of 0.3 that were scanned strictly, or the
 * canonical ones. Goes out: the same things in the other version. What only one version knows, and
 * what neither knows, stays behind. Never does: pass anything on in the version that it came in,
 * quote what it refuses, decide what may be asked.
 *
 * <p>What is lost on the way, and why some things are written as they are: {@code RATIONALE.md}
 * beside this file.
 */
@NullMarked
package dev.turnpike.protocol.a2a.v03;

import org.jspecify.annotations.NullMarked;
