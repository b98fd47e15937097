package dev.turnpike.expression;

import static dev.turnpike.expression.Exchanges.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that is nothing but a path gives what the expression gives, without running it. */
class PlainPathTest {
  private static final int CALLS = 2_000;
  private static final List<String> PATHS =
      List.of(
          "caller.workload.id",
          "caller.workload.trustDomain",
          "caller.workload.namespace",
          "caller.workload.serviceAccount",
          "caller.subject",
          "(caller.tenant)",
          "caller.client",
          "call.protocol",
          "call.revision",
          "call.endpoint",
          "call.upstream",
          "call.verb",
          "call.target",
          "call.lane",
          "caller.claims.a",
          "caller.claims.a.b",
          "caller.claims.a.b.a",
          "caller.claims['a']",
          "caller.claims['https://x.example/b']",
          "caller.claims[\"a\"].b['a']");

  private record Random(SplittableRandom source) {
    boolean flip() {
      return source.nextBoolean();
    }

    @SafeVarargs
    final <T> T any(T... values) {
      return values[source.nextInt(values.length)];
    }

    String text() {
      return any("", "x", "acme", "Zoë", "\ud83d", "a b\n", "y".repeat(256), "y".repeat(257));
    }

    Facts facts() {
      Caller caller =
          new Caller(
              flip() ? Optional.of(new Workload(text(), text(), text(), text())) : Optional.empty(),
              flip()
                  ? Optional.of(
                      new Subject(text(), text(), text(), List.of("g"), List.of(), claims(0)))
                  : Optional.empty());
      Call call =
          new Call(
              any("mcp", "a2a"),
              text(),
              text(),
              any(Verb.values()),
              "tools/call",
              flip()
                  ? Optional.of(new Target(any(Target.Kind.values()), text()))
                  : Optional.empty(),
              flip() ? Optional.of(Payload.of("{\"a\":1e999}")) : Optional.empty(),
              any(Lane.values()));
      return new Facts(caller, call, text());
    }

    private Map<String, Object> claims(int depth) {
      Map<String, Object> claims = new HashMap<>();
      for (String name : List.of("a", "b", "https://x.example/b")) {
        if (source.nextInt(4) > 0) {
          claims.put(name, claim(depth));
        }
      }
      return claims;
    }

    private Object claim(int depth) {
      if (depth < 3 && source.nextInt(3) > 0) {
        Map<String, Object> members = claims(depth + 1);
        if (flip()) {
          members.put("b", null);
        }
        return members;
      }
      return any(
          text(),
          flip(),
          source.nextInt(),
          source.nextLong(),
          source.nextDouble(),
          1.5f,
          new BigDecimal("2.50"),
          BigInteger.TEN,
          BigInteger.TWO.pow(63),
          new ArrayList<>(List.of("x", 1)),
          Instant.EPOCH);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesWhatTheExpressionGivesWhoeverCalls(long seed) throws ConfigRejected {
    Random random = new Random(new SplittableRandom(seed));
    Map<String, CounterKey> keys = new HashMap<>();
    for (String path : PATHS) {
      CounterKey key = Expressions.key("budgets[0].per", written(path));
      assertThat(key.isPath()).as(path).isTrue();
      keys.put(path, key);
    }
    Map<String, Set<String>> seen = new HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      Facts facts = random.facts();
      keys.forEach((path, key) -> {
        String value = key.of(facts);
        assertThat(value).as(path).isEqualTo(key.byProgram(facts));
        seen.computeIfAbsent(path, _ -> new HashSet<>()).add(value);
      });
    }
    // else nothing was compared
    assertThat(seen)
        .allSatisfy((path, values) -> assertThat(values).as(path).hasSizeGreaterThan(1));
    assertThat(seen.get("caller.claims.a"))
        .contains("none", "true", "10")
        .anyMatch(value -> value.startsWith("sha256:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caller.tenant + ''",
        "has(caller.tenant)",
        "has(caller.claims.a)",
        "caller.claims.a == caller.claims.b",
        "caller.claims[caller.tenant]",
        "[caller][0].tenant",
        "args.region",
        "'acme'",
        "size(caller.groups)"
      })
  void leavesAloneWhatIsMoreThanAPath(String text) throws ConfigRejected {
    assertThat(Expressions.key("budgets[0].per", written(text)).isPath()).isFalse();
  }
}
