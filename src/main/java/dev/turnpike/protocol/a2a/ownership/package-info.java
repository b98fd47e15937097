/**
 * Whose the tasks and contexts of agents are.
 *
 * <p>Comes in: what agents have named in answers to whom, and what callers ask for. Goes out:
 * whether it is theirs. Never does: change whose something is, tell what is somebody else's from
 * what there is not, forget what is in use before what is not.
 */
@NullMarked
package dev.turnpike.protocol.a2a.ownership;

import org.jspecify.annotations.NullMarked;
