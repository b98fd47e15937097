package dev.turnpike.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final List<String> heard = new ArrayList<>();
  private final List<RuntimeException> failures = new ArrayList<>();

  @Test
  void allAreToldEverythingInTheOrderOfTheRoad() {
    Told.wholeRoad(all(new Recorded("a"), new Recorded("b")), Told.SERVED);
    assertThat(heard)
        .containsExactly(
            "a begun",
            "b begun",
            "a identified",
            "b identified",
            "a read",
            "b read",
            "a routed",
            "b routed",
            "a permitted",
            "b permitted",
            "a reserved",
            "b reserved",
            "a answered",
            "b answered",
            "a delivered",
            "b delivered",
            "a ended",
            "b ended");
    assertThat(failures).isEmpty();
  }

  @Test
  void oneThatFailsAtTheBeginningHurtsNobody() {
    ExchangeListener failing =
        inbound -> {
          throw new IllegalStateException("begun");
        };
    Told.wholeRoad(all(failing, new Recorded("b")), Told.SERVED);
    assertThat(heard).hasSize(9).last().isEqualTo("b ended");
    assertThat(failures).hasSize(1);
  }

  @Test
  void oneThatFailsOnTheWayHurtsNobody() {
    ExchangeListener failing =
        inbound ->
            new ExchangeListener.Watch() {
              @Override
              public void ended(Outcome outcome) {
                throw new IllegalStateException("ended");
              }
            };
    Told.wholeRoad(all(failing, new Recorded("b")), Told.SERVED);
    assertThat(heard).last().isEqualTo("b ended");
    assertThat(failures).hasSize(1);
  }

  private ExchangeListener all(ExchangeListener... listeners) {
    return Listeners.all(List.of(listeners), (name, bug) -> failures.add(bug));
  }

  private final class Recorded implements ExchangeListener {
    private final String name;

    Recorded(String name) {
      this.name = name;
    }

    @Override
    public Watch begun(Inbound inbound) {
      heard.add(name + " begun");
      return new Watch() {
        @Override
        public void identified(Caller caller) {
          heard.add(name + " identified");
        }

        @Override
        public void read(Call call) {
          heard.add(name + " read");
        }

        @Override
        public void routed(String upstream) {
          heard.add(name + " routed");
        }

        @Override
        public void permitted(Grounds grounds) {
          heard.add(name + " permitted");
        }

        @Override
        public void reserved(List<String> observed, Usage estimate) {
          heard.add(name + " reserved");
        }

        @Override
        public void answered() {
          heard.add(name + " answered");
        }

        @Override
        public void delivered() {
          heard.add(name + " delivered");
        }

        @Override
        public void ended(Outcome outcome) {
          heard.add(name + " ended");
        }
      };
    }
  }
}
