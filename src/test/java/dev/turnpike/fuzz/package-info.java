/**
 * Inputs that nobody wrote, thrown at whatever reads bytes of others.
 *
 * <p>Comes in: the kept inputs of {@code src/test/resources/fuzz/<target>}, and what is made of
 * them: in {@code verify} a fixed number of mutations from fixed seeds, under {@code -Pfuzz} as
 * many as the time allows, led by coverage. Goes out: nothing, unless a promise is broken; then the
 * input that broke it, to be kept beside the others. Never does: judge by what our own code says
 * alone, where a naive twin or another parser can be asked.
 */
@NullMarked
package dev.turnpike.fuzz;

import org.jspecify.annotations.NullMarked;
