/**
 * The experimental lane, as the stable one sees it. In: a request whose caller is known, and flags.
 * Out: whether it is meant for an alpha that is on for that caller, and then its answer, or a no
 * that says nothing of what went wrong. Never runs an alpha's code on a thread of the stable lane,
 * never waits for one longer than its flag allows, and never lets anything of it past its end.
 */
@NullMarked
package dev.turnpike.lane;

import org.jspecify.annotations.NullMarked;
