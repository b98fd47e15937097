/**
 * Sessions of the revisions that have them, and what was sent on their streams.
 *
 * <p>Comes in: a caller, an endpoint, events. Goes out: the session of that caller on that
 * endpoint, events again after a lost connection. Never does: let another caller, endpoint or
 * session see them, keep more than its bounds, look inside an event.
 */
@NullMarked
package dev.turnpike.session;

import org.jspecify.annotations.NullMarked;
