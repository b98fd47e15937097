package dev.turnpike.testkit;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was said of every exchange. */
public final class RecordedExchanges implements ExchangeListener {
  /** One exchange; without outcomes while it lasts, and with more than one where there is a bug. */
  public static final class Recorded implements Watch {
    private final Inbound inbound;
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private volatile boolean delivered;
    private volatile Optional<Call> call = Optional.empty();

    Recorded(Inbound inbound) {
      this.inbound = inbound;
    }

    @Override
    public void read(Call read) {
      call = Optional.of(read);
    }

    @Override
    public void delivered() {
      delivered = true;
    }

    @Override
    public void ended(Outcome outcome) {
      outcomes.add(outcome);
    }

    /** Whether it was said that the caller has its answer, while what it came to is counted. */
    public boolean wasDelivered() {
      return delivered;
    }

    public Inbound inbound() {
      return inbound;
    }

    public Optional<Call> call() {
      return call;
    }

    public List<Outcome> outcomes() {
      return outcomes;
    }
  }

  private final List<Recorded> all = new CopyOnWriteArrayList<>();

  @Override
  public Watch begun(Inbound inbound) {
    Recorded recorded = new Recorded(inbound);
    all.add(recorded);
    return recorded;
  }

  public List<Recorded> all() {
    return all;
  }

  /** The outcomes so far, in the order in which the exchanges began. */
  public List<Outcome> outcomes() {
    return all.stream().flatMap(r -> r.outcomes().stream()).toList();
  }

  /** Fails where an exchange ended more than once, or on a bug of ours. */
  public void mustBeSound() {
    for (Recorded recorded : all) {
      List<Outcome> outcomes = recorded.outcomes();
      if (outcomes.size() > 1) {
        throw new AssertionError("ended more than once: " + outcomes + " " + recorded.call());
      }
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Broken(var bug)) {
          throw new AssertionError("broken: " + recorded.call(), bug);
        }
      }
    }
  }
}
