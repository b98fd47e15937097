/**
 * The admin routes over real sockets.
 *
 * <p>Comes in: the routes on a router of their own, on a free port of the loopback interface. Goes
 * out: what they answer. Never does: start Quarkus.
 */
@NullMarked
package dev.turnpike.admin;

import org.jspecify.annotations.NullMarked;
