/**
 * Conditions and counter keys in CEL, over the words of an exchange.
 *
 * <p>Comes in: the text that an administrator wrote, with its place in the file; later, the facts
 * of one call. Goes out: a compiled expression or every error in it; later, a verdict or a key.
 * Never does: throw while a call is served, run without a bound, read a clock, know what a verdict
 * is used for.
 */
@NullMarked
package dev.turnpike.expression;

import org.jspecify.annotations.NullMarked;
