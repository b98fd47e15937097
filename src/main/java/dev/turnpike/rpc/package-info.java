/**
 * JSON and JSON-RPC 2.0 on bytes: one strict scanner, the members that a reader wants, splices.
 *
 * <p>Comes in: bytes. Goes out: spans of the same bytes, message shapes, new bytes with splices.
 * Never does: build a tree of a whole body, know a method name, open a socket.
 */
@NullMarked
package dev.turnpike.rpc;

import org.jspecify.annotations.NullMarked;
