/**
 * The command line of the jar.
 *
 * <p>Comes in: arguments, and functions that check a file and that serve. Goes out: text, an exit
 * status (0 done, 1 refused, 2 wrong usage) or a server. Never does: open a port for a verb that
 * needs none, start Quarkus before the arguments are understood, colour what it prints.
 */
@NullMarked
package dev.turnpike.cli;

import org.jspecify.annotations.NullMarked;
