/**
 * A toy: the smallest alpha there can be, to show that one can be plugged in and taken out.
 *
 * <p>Comes in: a POST to {@code /toy/<endpoint>}. Goes out: the same body, if a rule allows the
 * tool {@code echo} on that endpoint. Never does: ask the upstream, ship with the gateway.
 */
@NullMarked
package dev.turnpike.protocol.alpha.toy;

import org.jspecify.annotations.NullMarked;
