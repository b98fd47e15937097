/**
 * Two small MCP servers of our own, so that a newcomer has something to call at once: one speaks
 * 2026-07-28 and nothing older, the other has sessions and speaks what came before.
 *
 * <p>Comes in: two ports of the loopback interface, and a source of chance for session ids. Goes
 * out: the servers, and the words that tell a newcomer what to try. Never does: listen beyond the
 * loopback interface, change anything, see the gateway in front of it.
 */
@NullMarked
package dev.turnpike.demo;

import org.jspecify.annotations.NullMarked;
