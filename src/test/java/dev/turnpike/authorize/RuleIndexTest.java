package dev.turnpike.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.NamePattern;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.exchange.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index against a look at every rule. */
class RuleIndexTest {
  private static final List<String> ENDPOINTS = List.of("pay", "tools", "paid", "p");
  private static final List<String> PATTERNS =
      List.of("*", "", "a", "ab", "a*", "ab*", "*b", "a*b", "abc", "abc*", "b*", "**", "ab*c*");
  private static final List<String> NAMES = List.of("", "a", "ab", "abc", "b", "aab", "abbc", "c");
  private static final List<Target.Kind> KINDS =
      List.of(Target.Kind.TOOL, Target.Kind.PROMPT, Target.Kind.RESOURCE);

  private static Rule rule(SplittableRandom random, int place) {
    List<NamePattern> endpoints = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String name = ENDPOINTS.get(random.nextInt(ENDPOINTS.size()));
      endpoints.add(new NamePattern(random.nextInt(4) == 0 ? name.charAt(0) + "*" : name, false));
    }
    Map<Target.Kind, List<NamePattern>> targets = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Target.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      targets
          .computeIfAbsent(kind, _ -> new ArrayList<>())
          .add(
              new NamePattern(
                  PATTERNS.get(random.nextInt(PATTERNS.size())), kind == Target.Kind.RESOURCE));
    }
    return new Rule(
        new RuleSpec(
            "r" + place,
            true,
            new MatchSpec(endpoints, targets),
            List.of(),
            Optional.empty(),
            false,
            new Mark("turnpike.yaml", 1, 1)),
        Optional.empty());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void findsEveryRuleThatCoversAndInTheirOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      List<Rule> rules = IntStream.range(0, 12).mapToObj(i -> rule(random, i)).toList();
      RuleIndex index = new RuleIndex(rules);
      for (String endpoint : ENDPOINTS) {
        for (Target.Kind kind : KINDS) {
          for (String name : NAMES) {
            Target target = new Target(kind, name);
            int[] found = index.candidates(endpoint, target);
            assertThat(found).isSorted().doesNotHaveDuplicates();
            assertThat(IntStream.of(found).filter(i -> rules.get(i).covers(endpoint, target)))
                .containsExactlyElementsOf(
                    IntStream.range(0, rules.size())
                        .filter(i -> rules.get(i).covers(endpoint, target))
                        .boxed()
                        .toList());
          }
        }
      }
    }
  }

  @Test
  void looksAtFewOfMany() {
    List<Rule> rules =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new Rule(Rules.allow("r" + i, "tool_" + i + "_*"), Optional.empty()))
            .toList();
    assertThat(
            new RuleIndex(rules).candidates("pay", new Target(Target.Kind.TOOL, "tool_77_refund")))
        .containsExactly(77);
  }
}
