/**
 * The ledger: who called what, how often, and what it came to.
 *
 * <p>Comes in: how each exchange ended. Goes out: entries in a journal at once and in a database
 * soon after; usage by caller, tenant, endpoint, target and lane over a stretch of time, as JSON or
 * CSV. Never does: refuse or hold up a call, count one twice, invent a figure that nobody counted,
 * grow without bound.
 */
@NullMarked
package dev.turnpike.account;

import org.jspecify.annotations.NullMarked;
