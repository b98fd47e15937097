package dev.turnpike.assembly;

import dev.turnpike.audit.Deed;
import dev.turnpike.config.ConfigListener;
import dev.turnpike.config.Rejected;
import dev.turnpike.config.Setup;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Tells once, in the log and the audit trail, what becomes of a changed file.
 *
 * @param policy what the rules in force are called
 */
record ConfigLog(Consumer<Deed> trail, Supplier<String> policy) implements ConfigListener {
  private static final Logger LOG = Logger.getLogger("turnpike");

  @Override
  public void taken(Setup setup) {
    LOG.infof(
        "configuration in force: %d endpoints, %d rules, %d budgets",
        setup.endpoints().size(), setup.rules().size(), setup.budgets().size());
    trail.accept(Deed.act(Instant.now(), "reload", "", "in force", policy.get()));
  }

  @Override
  public void refused(Rejected rejected) {
    LOG.errorf(
        "configuration refused, the last good one goes on:%n%s",
        rejected.problems().stream()
            .map(problem -> "  " + problem)
            .collect(Collectors.joining(System.lineSeparator())));
    trail.accept(
        Deed.act(
            Instant.now(),
            "reload",
            "",
            "refused",
            rejected.problems().isEmpty() ? "" : rejected.problems().getFirst().toString()));
  }

  @Override
  public void broken(RuntimeException bug) {
    LOG.error("configuration could not be compiled", bug);
  }
}
