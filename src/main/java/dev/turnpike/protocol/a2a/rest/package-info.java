/**
 * HTTP+JSON, the binding of A2A 1.0 with paths (section 11), to and from the canonical form.
 *
 * <p>Comes in: a verb, a path and a query as they stood in the request line, and a body; or an
 * operation with its canonical parameters. Goes out: the other of the two. The same for answers,
 * events and errors. Never does: decode twice, choose between two values of one member, tell an
 * error by its status.
 *
 * <p>What is refused that others take, and why: {@code RATIONALE.md} beside this file.
 */
@NullMarked
package dev.turnpike.protocol.a2a.rest;

import org.jspecify.annotations.NullMarked;
