/**
 * What there is to call: the endpoints in force, by path.
 *
 * <p>Comes in: a checked configuration. Goes out: an immutable snapshot. Never does: reach an
 * upstream, decide who may see what.
 */
@NullMarked
package dev.turnpike.catalog;

import org.jspecify.annotations.NullMarked;
