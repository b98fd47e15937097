/**
 * The Model Context Protocol over streamable HTTP, both eras on one path.
 *
 * <p>Comes in: a request to {@code /mcp/<endpoint>}. Goes out: a dialogue of the era that the body
 * names. What differs between the eras stands in {@code legacy} (revisions with {@code initialize}:
 * 2025-03-26 to 2025-11-25) and {@code modern} (2026-07-28); here is what they share: the envelope,
 * the methods, the words of a refusal, the filtering of lists. Never does: bridge one era to the
 * other.
 */
@NullMarked
package dev.turnpike.protocol.mcp;

import org.jspecify.annotations.NullMarked;
