/**
 * Evaluates the targeting of flags with OpenFeature and flagd, in this process.
 *
 * <p>Comes in: a set of flags as one document, and what is proven of a caller. Goes out: on or off,
 * and flagd's reason. Never does: read a file, ask a server, decide what a stage allows.
 */
@NullMarked
package dev.turnpike.flagd;

import org.jspecify.annotations.NullMarked;
