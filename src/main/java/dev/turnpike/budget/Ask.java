package dev.turnpike.budget;

/**
 * What one budget is asked for a call.
 *
 * @param key the value that the budget counts by
 * @param amount units, at least 0
 * @param charge what of it stands where nobody ever says how the call went: what surely was sent
 */
record Ask(Budget budget, String key, long amount, long charge) {
  boolean binding() {
    return !budget.spec().observe();
  }
}
