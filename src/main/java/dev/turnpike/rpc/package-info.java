/**
 * JSON and JSON-RPC 2.0 on bytes: one strict scanner, the members that a reader wants, splices.
 *
 * <p>Comes in: bytes that nobody vouches for, and a {@code Wanted} that says which members matter.
 * Goes out: a {@code Scan} with the places of those members in the same bytes, the shape of the
 * message ({@code RpcMessage}), or new bytes with splices. What is not edited leaves as it came.
 * Never does: build a tree of a whole body, repair what is wrong, know a method name, open a
 * socket.
 *
 * <p>Why there is a scanner of our own, and what it refuses: {@code RATIONALE.md} beside this file.
 */
@NullMarked
package dev.turnpike.rpc;

import org.jspecify.annotations.NullMarked;
