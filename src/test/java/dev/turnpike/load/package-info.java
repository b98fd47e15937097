/**
 * The load profile: what Turnpike costs beside the least that a proxy on the same Vert.x can cost.
 *
 * <p>Comes in: the packaged application, and {@code load.*} system properties. Goes out: one table
 * with what each row means, and the same figures as JSON below {@code target/load}. Never does:
 * fail because something was slow, reach beyond loopback, leave a process behind.
 *
 * <p>Read {@link dev.turnpike.load.LoadProfile} first. {@link dev.turnpike.load.McpOrigin} is the
 * server at the end of the road, {@link dev.turnpike.load.BareProxy} the floor beside it, {@link
 * dev.turnpike.load.ClosedLoop} and {@link dev.turnpike.load.OpenLoop} make the calls. Why it is
 * built so stands in {@code RATIONALE.md}.
 */
@NullMarked
package dev.turnpike.load;

import org.jspecify.annotations.NullMarked;
