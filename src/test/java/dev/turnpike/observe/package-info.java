/**
 * What is seen of an exchange, told by hand.
 *
 * <p>Comes in: the words of a watch, in the order of the road. Goes out: lines, meters, health.
 * Never does: run the road itself.
 */
@NullMarked
package dev.turnpike.observe;

import org.jspecify.annotations.NullMarked;
