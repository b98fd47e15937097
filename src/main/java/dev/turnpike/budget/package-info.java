/**
 * Budgets: how much is let through in how long, by this process or by all replicas together, in
 * calls, tokens or money, or how many calls at once, for each value of what it is counted by.
 *
 * <p>Comes in: budgets as written; later, a permitted call, and what it came to. Goes out: {@link
 * dev.turnpike.budget.Reserved} with what the answer says of the budgets, or a refusal that says
 * when to come back. Never does: keep the bill (that is {@code account}), wait, hold a lock longer
 * than one counter.
 */
@NullMarked
package dev.turnpike.budget;

import org.jspecify.annotations.NullMarked;
