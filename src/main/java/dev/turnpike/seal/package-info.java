/**
 * What Turnpike hands out and takes back is sealed here, and nowhere else.
 *
 * <p>Comes in: bytes, what they are for, and what they are bound to. Goes out: a text that only
 * Turnpike can have made, and that opens for the same purpose and binding only. Never: keeps
 * anything, or says why something does not open.
 */
@NullMarked
package dev.turnpike.seal;

import org.jspecify.annotations.NullMarked;
