/**
 * What agents say no with, in every binding and version (A2A 1.0, section 5.4).
 *
 * <p>Comes in: an error as JSON-RPC or HTTP+JSON writes it. Goes out: which one it is, and the same
 * as a value. Never does: tell an error by its HTTP status, which two releases of 1.0 disagree on.
 */
@NullMarked
package dev.turnpike.protocol.a2a.fault;

import org.jspecify.annotations.NullMarked;
