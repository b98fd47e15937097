package dev.turnpike.assembly;

import dev.turnpike.account.Ledger;
import dev.turnpike.account.MemoryLedger;
import dev.turnpike.budget.Till;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.protocol.mcp.federation.FederationListener;
import dev.turnpike.upstream.program.ProgramListener;
import java.util.function.BooleanSupplier;

/**
 * Who hears what the gateway does, and who keeps its books.
 *
 * @param unheard whether what happens has to be written down and cannot be: then nothing may
 * @param ledger takes down what was used
 * @param till has the counters of budgets
 * @param federated hears of upstreams that come and go behind endpoints with several
 */
public record Hearing(
    ExchangeListener exchanges,
    BooleanSupplier unheard,
    FederationListener federated,
    ProgramListener programs,
    Ledger ledger,
    Till till) {
  /** Of exchanges alone. */
  public static Hearing of(ExchangeListener exchanges) {
    return new Hearing(
        exchanges,
        () -> false,
        FederationListener.NOOP,
        ProgramListener.NOOP,
        new MemoryLedger(),
        Till.inMemory());
  }
}
