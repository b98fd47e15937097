/**
 * The trail of what was refused, of permits that a rule wants kept, and of administrative acts.
 *
 * <p>Comes in: exchanges as they end, and acts. Goes out: files of records of which each holds the
 * hash of the one before, and a word on whether they are whole. Never does: write arguments, tokens
 * or secrets, change a record, delete a file, hold up the road.
 */
@NullMarked
package dev.turnpike.audit;

import org.jspecify.annotations.NullMarked;
