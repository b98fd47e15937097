package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.exchange.Refused;
import java.util.concurrent.CompletionException;

/** Reserves, and waits for the answer. */
final class Reserving {
  private Reserving() {}

  static Reserved reserve(Budgets budgets, Permitted permitted) throws Refused {
    try {
      return budgets.reserve(permitted).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw e;
    }
  }
}
