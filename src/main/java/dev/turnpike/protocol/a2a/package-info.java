/**
 * A2A, the protocol of agents among each other, in version 1.0 over JSON-RPC.
 *
 * <p>Comes in: a request below {@code /a2a/}, and what an agent answers. Goes out: the same
 * operation in its canonical form, which is what rules have judged; an agent's answer, checked; a
 * card that names us. Never does: pass on bytes of a caller as they came, pass on credentials,
 * cancel a task because somebody left.
 */
@NullMarked
package dev.turnpike.protocol.a2a;

import org.jspecify.annotations.NullMarked;
