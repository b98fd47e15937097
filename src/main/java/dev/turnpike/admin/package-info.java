/**
 * Administration, on the management port and nowhere else: who used what, what is in force, who is
 * connected, the schema of {@code turnpike.yaml}.
 *
 * <p>Comes in: requests, and suppliers of what they ask for. Goes out: JSON and CSV. Never does:
 * answer a stranger, hold state of its own, tell a session id or a token, work on the event loop.
 */
@NullMarked
package dev.turnpike.admin;

import org.jspecify.annotations.NullMarked;
