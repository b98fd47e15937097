/**
 * The object graph: everything is made here, once, and handed to those who use it.
 *
 * <p>Comes in: the settings of the process, the configuration file, a Vert.x. Goes out: a gateway
 * that takes requests. Never does: serve one. The only package that reads clocks, the environment
 * and random numbers.
 */
@NullMarked
package dev.turnpike.assembly;

import org.jspecify.annotations.NullMarked;
