/**
 * The step that sends a paid call to its upstream and brings the answer back.
 *
 * <p>Comes in: {@link dev.turnpike.budget.Reserved}, the proof that the call may be made and is
 * paid for. Goes out: one outcome. Never does: look inside a message; the dialogue's protocol does
 * that.
 */
@NullMarked
package dev.turnpike.relay;

import org.jspecify.annotations.NullMarked;
