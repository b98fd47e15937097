package dev.turnpike.expression;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;

/**
 * What an expression may read: who calls, what for, and the name of the upstream it would go to.
 */
public record Facts(Caller caller, Call call, String upstream) {}
