/**
 * What A2A's messages look like in version 1.0, and their one canonical form (ProtoJSON, with the
 * names of A2A 1.0, Appendix A).
 *
 * <p>Comes in: JSON that was scanned, so that no member occurs twice under one spelling. Goes out:
 * the same as a tree in which every member has its one name, every enumeration its word, and
 * nothing stands that no reader of this version knows. Never does: judge what is said.
 */
@NullMarked
package dev.turnpike.protocol.a2a.tree;

import org.jspecify.annotations.NullMarked;
