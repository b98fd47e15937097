package dev.turnpike.admin;

import dev.turnpike.account.By;
import dev.turnpike.account.UsageReport;
import dev.turnpike.audit.TrailQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where the answers come from. Asked on a worker thread, so they may take their time.
 *
 * @param trail of the audit, the newest record first
 * @param schema the JSON Schema of {@code turnpike.yaml}
 */
public record Sources(
    Usage usage,
    Supplier<InForce> inForce,
    Supplier<List<Connected>> sessions,
    Catalog catalog,
    ExplainQuery.Explainer explainer,
    Records trail,
    FlagDesk flags,
    String schema) {
  /** Reads the audit trail. */
  @FunctionalInterface
  public interface Records {
    TrailQuery find(Predicate<String> matches, int most) throws IOException;
  }

  /** All that there is to call, as JSON. */
  @FunctionalInterface
  public interface Catalog {
    String json();
  }

  /** What the ledger tells. */
  @FunctionalInterface
  public interface Usage {
    UsageReport usage(Set<By> by, Optional<Instant> from, Optional<Instant> to) throws IOException;
  }
}
