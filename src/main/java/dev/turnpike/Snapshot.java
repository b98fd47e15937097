package dev.turnpike;

import dev.turnpike.authorize.Policy;
import dev.turnpike.budget.Budgets;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.upstream.Upstreams;

/** What is in force. One exchange sees one of these from its beginning to its end. */
public record Snapshot(Endpoints endpoints, Upstreams upstreams, Policy policy, Budgets budgets) {}
