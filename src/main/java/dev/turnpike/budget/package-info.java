/**
 * Budgets: how many calls are let through in how long, for each value of what they are counted by.
 *
 * <p>Comes in: budgets as written; later, a permitted call. Goes out: {@link
 * dev.turnpike.budget.Reserved} with what the answer says of the budgets, or a refusal that says
 * when to come back. Never does: keep the bill (that is {@code account}), wait, hold a lock longer
 * than one counter.
 */
@NullMarked
package dev.turnpike.budget;

import org.jspecify.annotations.NullMarked;
