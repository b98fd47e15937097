/**
 * The real road on real sockets, in this JVM.
 *
 * <p>Comes in: bytes of a {@link dev.turnpike.testkit.RawCaller}, and what a {@link
 * dev.turnpike.testkit.FakeUpstream} is told to do. Goes out: what the caller reads, what the
 * upstream got, and one outcome of each exchange. Never does: reach into a step; wait for time to
 * pass instead of for something to happen; leave an answer open.
 */
@NullMarked
package dev.turnpike.component;

import org.jspecify.annotations.NullMarked;
