/**
 * The command line, run in this process.
 *
 * <p>Comes in: arguments. Goes out: what is printed where, and the exit status. Never does: start a
 * server.
 */
@NullMarked
package dev.turnpike.cli;

import org.jspecify.annotations.NullMarked;
