/**
 * The whole process, as Quarkus puts it together, in this JVM.
 *
 * <p>Comes in: the ready configuration, on free ports. Goes out: what both ports answer. Never
 * does: reach an upstream.
 */
@NullMarked
package dev.turnpike.assembly;

import org.jspecify.annotations.NullMarked;
