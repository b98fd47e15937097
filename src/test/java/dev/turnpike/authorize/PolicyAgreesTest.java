package dev.turnpike.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.RuleSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.route.RoutedFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random rules against what must hold of all rules. */
class PolicyAgreesTest {
  private static final List<String> TOOLS = List.of("a_one", "a_two", "b_one", "b_two");
  private static final List<String> PATTERNS = List.of("*", "a_*", "*_one", "b_two");
  private static final List<String> CONDITIONS =
      List.of(
          "caller.tenant == 'acme'",
          "'readers' in caller.groups",
          "caller.workload.namespace == 'labs'",
          "has(caller.workload.namespace) && caller.workload.namespace == 'labs'",
          "call.target == 'a_one'",
          "args.n <= 1",
          "args.n > 1 && caller.tenant == 'acme'",
          "call.verb == 'invoke'",
          "args.missing == 1");
  private static final List<Caller> CALLERS =
      List.of(
          Caller.ANONYMOUS,
          Exchanges.subject("ann", "acme", "readers"),
          Exchanges.subject("bob", "globex"),
          Exchanges.workload("labs"),
          Exchanges.workload("prod"));
  private static final List<String> ARGUMENTS = List.of("", "{}", "{\"n\":1}", "{\"n\":2}", "[");

  private static List<RuleSpec> rules(SplittableRandom random) {
    List<RuleSpec> rules = new ArrayList<>();
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
      RuleSpec rule =
          random.nextInt(3) > 0 ? Rules.allow("r" + i, pattern) : Rules.deny("r" + i, pattern);
      if (random.nextInt(3) > 0) {
        rule = Rules.when(CONDITIONS.get(random.nextInt(CONDITIONS.size())), rule);
      }
      if (rule.allow() && random.nextInt(4) == 0) {
        rule = Rules.scopes(rule, random.nextBoolean() ? "refund:read" : "refund:write");
      }
      rules.add(random.nextInt(6) == 0 ? Rules.observed(rule) : rule);
    }
    return rules;
  }

  private static Object ask(Policy policy, Caller caller, Call call) {
    try {
      policy.authorize(RoutedFixture.routed(caller, call, "up"));
      return "allowed";
    } catch (Refused e) {
      return e.reason();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void showsExactlyWhatIsNotAnsweredLikeUnknown(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20; round++) {
      List<RuleSpec> rules = rules(random);
      Policy policy = Rules.policy(rules.toArray(RuleSpec[]::new));
      for (Caller caller : CALLERS) {
        for (String tool : TOOLS) {
          Decision decision =
              policy.decide(
                  caller, Exchanges.list("tools"), "up", new Target(Target.Kind.TOOL, tool));
          for (String arguments : ARGUMENTS) {
            Object answer = ask(policy, caller, Exchanges.call("tools", tool, arguments));
            assertThat(answer instanceof Refusal.NoSuchTarget)
                .as("%s for %s of %s with %s gives %s", rules, tool, caller, arguments, answer)
                .isEqualTo(!decision.visible());
            if (decision instanceof Decision.Permit) {
              assertThat(answer).as("%s", rules).isEqualTo("allowed");
            }
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12})
  void givesTheSameAnswerInAnyOrderOfRules(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20; round++) {
      List<RuleSpec> rules = rules(random);
      List<RuleSpec> shuffled = new ArrayList<>(rules);
      Collections.shuffle(shuffled, new Random(random.nextLong()));
      Policy one = Rules.policy(rules.toArray(RuleSpec[]::new));
      Policy other = Rules.policy(shuffled.toArray(RuleSpec[]::new));
      for (Caller caller : CALLERS) {
        for (String tool : TOOLS) {
          for (String arguments : ARGUMENTS) {
            Call call = Exchanges.call("tools", tool, arguments);
            assertThat(kind(ask(one, caller, call)))
                .as("%s", rules)
                .isEqualTo(kind(ask(other, caller, call)));
          }
        }
      }
    }
  }

  /** Which of several rules that agree is named does depend on the order. */
  private static Object kind(Object answer) {
    return answer instanceof Refusal ? answer.getClass() : answer;
  }
}
