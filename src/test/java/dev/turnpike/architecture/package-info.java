/**
 * The shape of the gateway, as tests: who may import whom, who may read a clock, how long a file
 * gets, what is public.
 *
 * <p>Comes in: the compiled classes and the sources of the main tree. Goes out: a failed test that
 * names the line. Every rule is a function of a root package or folder, so that the same rule is
 * also held against {@code offenders}, which breaks each of them on purpose: a rule that cannot
 * fail guards nothing.
 */
@NullMarked
package dev.turnpike.architecture;

import org.jspecify.annotations.NullMarked;
