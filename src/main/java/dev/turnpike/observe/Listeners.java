package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Several listeners as one. What one of them throws reaches neither the exchange nor the others.
 */
public final class Listeners {
  private static final Logger LOG = Logger.getLogger("turnpike.observe");

  private Listeners() {}

  /** Tells all of them, in their order; a failure is logged with its stack. */
  public static ExchangeListener all(List<ExchangeListener> listeners) {
    return all(
        listeners,
        (name, bug) -> LOG.errorf(bug, "the listener %s failed; its exchange did not", name));
  }

  static ExchangeListener all(
      List<ExchangeListener> listeners, BiConsumer<String, RuntimeException> failed) {
    List<ExchangeListener> several = List.copyOf(listeners);
    return inbound -> begin(several, inbound, failed);
  }

  private static ExchangeListener.Watch begin(
      List<ExchangeListener> listeners,
      Inbound inbound,
      BiConsumer<String, RuntimeException> failed) {
    List<ExchangeListener.Watch> watches = new ArrayList<>(listeners.size());
    for (ExchangeListener listener : listeners) {
      try {
        watches.add(listener.begun(inbound));
      } catch (RuntimeException bug) {
        failed.accept(listener.getClass().getSimpleName(), bug);
      }
    }
    return new Fan(watches, failed);
  }

  private record Fan(
      List<ExchangeListener.Watch> watches, BiConsumer<String, RuntimeException> failed)
      implements ExchangeListener.Watch {
    @Override
    public void governed(String policy) {
      tell(watch -> watch.governed(policy));
    }

    @Override
    public void identified(Caller caller) {
      tell(watch -> watch.identified(caller));
    }

    @Override
    public void read(Call call) {
      tell(watch -> watch.read(call));
    }

    @Override
    public void routed(String upstream) {
      tell(watch -> watch.routed(upstream));
    }

    @Override
    public void permitted(Grounds grounds) {
      tell(watch -> watch.permitted(grounds));
    }

    @Override
    public void reserved(List<String> observed, Usage estimate) {
      tell(watch -> watch.reserved(observed, estimate));
    }

    @Override
    public void answered() {
      tell(ExchangeListener.Watch::answered);
    }

    @Override
    public void delivered() {
      tell(ExchangeListener.Watch::delivered);
    }

    @Override
    public void ended(Outcome outcome) {
      tell(watch -> watch.ended(outcome));
    }

    private void tell(Consumer<ExchangeListener.Watch> word) {
      for (ExchangeListener.Watch watch : watches) {
        try {
          word.accept(watch);
        } catch (RuntimeException bug) {
          failed.accept(watch.getClass().getName(), bug);
        }
      }
    }
  }
}
