package dev.turnpike.authorize;

import dev.turnpike.config.NamePattern;
import dev.turnpike.exchange.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rules by what they are about, so that a call looks at those that can match and not at the others.
 * Immutable and safe for any thread.
 */
final class RuleIndex {
  private final List<Rule> rules;
  private final Map<String, Targets> named = new HashMap<>();
  private final Targets anywhere = new Targets();

  RuleIndex(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (int i = 0; i < this.rules.size(); i++) {
      add(i, this.rules.get(i));
    }
  }

  private void add(int place, Rule rule) {
    List<NamePattern> endpoints = rule.spec().match().endpoints();
    if (endpoints.isEmpty() || !endpoints.stream().allMatch(NamePattern::literal)) {
      anywhere.add(place, rule);
    } else {
      endpoints.stream()
          .map(NamePattern::text)
          .distinct()
          .forEach(name -> named.computeIfAbsent(name, _ -> new Targets()).add(place, rule));
    }
  }

  /** All of them, in the order written. */
  List<Rule> rules() {
    return rules;
  }

  /**
   * The places, ascending, of rules that may cover the target: every rule that does is among them.
   */
  int[] candidates(String endpoint, Target target) {
    Places found = new Places();
    anywhere.find(target, found);
    Targets there = named.get(endpoint);
    if (there != null) {
      there.find(target, found);
    }
    return found.ascending();
  }

  /** The rules of one endpoint, or of any. */
  private static final class Targets {
    private final List<Integer> whatever = new ArrayList<>();
    private final Map<Target.Kind, Heads> kinds = new EnumMap<>(Target.Kind.class);

    void add(int place, Rule rule) {
      Map<Target.Kind, List<NamePattern>> targets = rule.spec().match().targets();
      if (targets.isEmpty()) {
        whatever.add(place);
      }
      targets.forEach((kind, patterns) -> {
        Heads heads = kinds.computeIfAbsent(kind, _ -> new Heads());
        patterns.forEach(pattern -> heads.add(place, pattern));
      });
    }

    void find(Target target, Places found) {
      whatever.forEach(found::add);
      Heads heads = kinds.get(target.kind());
      if (heads != null) {
        heads.find(target.name(), found);
      }
    }
  }

  /** Patterns by what stands before their first wildcard. */
  private static final class Heads {
    private final Map<String, List<Integer>> whole = new HashMap<>();
    private final Map<String, List<Integer>> beginnings = new HashMap<>();
    private int[] lengths = {};

    void add(int place, NamePattern pattern) {
      if (pattern.literal()) {
        whole.computeIfAbsent(pattern.text(), _ -> new ArrayList<>()).add(place);
      } else {
        String head = pattern.head();
        beginnings.computeIfAbsent(head, _ -> new ArrayList<>()).add(place);
        lengths =
            IntStream.concat(IntStream.of(lengths), IntStream.of(head.length()))
                .sorted()
                .distinct()
                .toArray();
      }
    }

    void find(String name, Places found) {
      whole.getOrDefault(name, List.of()).forEach(found::add);
      for (int length : lengths) {
        if (length > name.length()) {
          return;
        }
        beginnings.getOrDefault(name.substring(0, length), List.of()).forEach(found::add);
      }
    }
  }

  /** Gathers places; one may come more than once. */
  private static final class Places {
    private int[] places = new int[8];
    private int size;

    void add(int place) {
      if (size == places.length) {
        places = Arrays.copyOf(places, size * 2);
      }
      places[size++] = place;
    }

    int[] ascending() {
      Arrays.sort(places, 0, size);
      int kept = Math.min(size, 1);
      for (int i = 1; i < size; i++) {
        if (places[i] != places[kept - 1]) {
          places[kept++] = places[i];
        }
      }
      return Arrays.copyOf(places, kept);
    }
  }
}
