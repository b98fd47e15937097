/**
 * The words of one exchange, used by every step: inbound, caller, call, target, refusal, outcome,
 * reply.
 *
 * <p>One word per idea: <i>caller</i> (never client, user, principal), <i>target</i> (a tool,
 * prompt, resource, skill or operation), <i>upstream</i> (never backend, server), <i>endpoint</i>
 * (what we serve), <i>refusal</i> (never error, denial), <i>exchange</i> (never transaction). Never
 * does: any work; these are values.
 */
@NullMarked
package dev.turnpike.exchange;

import org.jspecify.annotations.NullMarked;
