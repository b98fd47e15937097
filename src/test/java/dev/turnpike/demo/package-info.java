/**
 * The demo servers over real sockets.
 *
 * <p>Comes in: both servers on free ports of the loopback interface. Goes out: what they answer to
 * a plain HTTP client. Never does: use a fixed port, or wait for a time to pass.
 */
@NullMarked
package dev.turnpike.demo;

import org.jspecify.annotations.NullMarked;
