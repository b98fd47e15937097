/**
 * Streams of messages as they arrive and leave in pieces: Server-Sent Events, and JSON one document
 * a line.
 *
 * <p>Comes in: pieces of bytes, cut anywhere. Goes out: whole events and whole lines, each bounded;
 * bytes of an event. Never does: look into the data, keep an event once it is passed on, reconnect,
 * open a socket, know a thread.
 */
@NullMarked
package dev.turnpike.sse;

import org.jspecify.annotations.NullMarked;
