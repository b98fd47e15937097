package dev.turnpike.store;

import dev.turnpike.budget.SharedStore.Counter;
import dev.turnpike.budget.SharedStore.Need;
import java.util.ArrayList;
import java.util.List;

/** The keys and arguments of one call of the script. For one thread. */
final class Words {
  private final List<String> names = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();

  Words(Keys keys) {
    names.add(keys.replicas());
    names.add(keys.open());
  }

  List<String> names() {
    return names;
  }

  List<String> arguments() {
    return arguments;
  }

  Words word(String word) {
    arguments.add(word);
    return this;
  }

  Words number(long number) {
    return word(Long.toString(number));
  }

  Words flag(boolean flag) {
    return word(flag ? "1" : "0");
  }

  Words counter(Counter counter, long limit) {
    names.add(Keys.counter(counter));
    return word(Windows.kind(counter.window()))
        .number(Windows.micros(counter.window()))
        .number(limit);
  }

  Words need(Need need) {
    flag(need.binding());
    return switch (need) {
      case Need.Exact exact -> word("x").number(exact.amount()).number(exact.charge());
      case Need.Leased leased ->
          word("l")
              .number(leased.amount())
              .number(leased.ahead())
              .number(leased.told().serial())
              .number(leased.told().used())
              .word(
                  leased.told().hand().isPresent()
                      ? Long.toString(leased.told().hand().getAsLong())
                      : "")
              .flag(leased.told().last());
    };
  }
}
