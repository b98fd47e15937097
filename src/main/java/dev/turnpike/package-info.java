/**
 * The road: {@link dev.turnpike.DataPath} holds the order of the steps, and each step's result is
 * the only key to the next.
 *
 * <pre>
 * accept -> identify -> route -> authorize -> budget -> relay -> account     (observe looks on)
 * </pre>
 *
 * <p>A package named with a verb is a step; one named with a noun ({@code rpc}, {@code sse}, {@code
 * exchange}, {@code config}, {@code expression}, {@code session}, {@code upstream}, {@code
 * catalog}, {@code protocol}) is what steps use. Each imports only what stands before it, so the
 * imports are the road read backwards. {@code accept}, {@code observe}, {@code admin}, {@code cli}
 * and {@code demo} stand around it, and {@code assembly} joins everything.
 *
 * <p>Comes in: a request that nobody has read. Goes out: its one outcome. Never does: know a wire
 * format, a framework, or who listens.
 */
@NullMarked
package dev.turnpike;

import org.jspecify.annotations.NullMarked;
