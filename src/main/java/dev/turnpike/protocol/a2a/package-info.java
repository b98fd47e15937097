/**
 * A2A, the protocol of agents among each other, over JSON-RPC, in 1.0 and 0.3 on either side.
 *
 * <p>Comes in: a request below {@code /a2a/}, and what an agent answers. Goes out: the same
 * operation in its canonical form, which is what rules have judged; an agent's answer, checked, of
 * what is the caller's; a card that names us. Never does: pass on bytes of a caller as they came,
 * pass on credentials, cancel a task because somebody left.
 */
@NullMarked
package dev.turnpike.protocol.a2a;

import org.jspecify.annotations.NullMarked;
