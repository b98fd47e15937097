/**
 * Servers that Turnpike starts as child processes, and speaks to over their standard streams (MCP,
 * "stdio").
 *
 * <p>Comes in: the part of the configuration that names the program, messages to write. Goes out:
 * messages that it wrote, lines of its standard error, how it ended. Never does: use a shell, pass
 * on more of the environment than is asked for, block an event loop, leave a process behind, know
 * what a message says.
 */
@NullMarked
package dev.turnpike.upstream.program;

import org.jspecify.annotations.NullMarked;
