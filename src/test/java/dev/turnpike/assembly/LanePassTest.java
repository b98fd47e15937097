package dev.turnpike.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Peer;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.Payload;
import dev.turnpike.seal.KeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pass says who calls, of one request, for half a minute, to who has the key. */
class LanePassTest {
  private static final String FLAG = "alpha.some";
  private static final Caller CALLER =
      new Caller(
          Optional.of(new Workload("spiffe://mesh/ns/a/sa/b", "mesh", "a", "b")),
          Optional.of(
              new Subject(
                  "ann",
                  "desk",
                  "labs",
                  List.of("g1", "g2"),
                  List.of("read"),
                  Map.of("iss", "https://issuer", "level", 3L))));

  private Instant now = Instant.parse("2026-11-30T10:00:00Z");
  private final KeyRing keys = KeyRing.random(new SecureRandom());
  private final LanePass pass = new LanePass(() -> keys, new SecureRandom(), () -> now);

  /** A request whose parts can be changed one by one. */
  private record Asked(
      String method, String path, String query, Map<String, String> fields, String body) {
    static final Asked ONE = new Asked("POST", "/mcp/m", "a=b", Map.of("mcp-method", "x"), "{}");

    Asked with(String name, String value) {
      Map<String, String> more = new HashMap<>(fields);
      more.put(name, value);
      return new Asked(method, path, query, more, body);
    }

    Inbound inbound() {
      Headers headers =
          new Headers() {
            @Override
            public List<String> all(String name) {
              return Optional.ofNullable(fields.get(name)).stream().toList();
            }

            @Override
            public Set<String> startingWith(String prefix) {
              Set<String> names = new TreeSet<>(fields.keySet());
              names.removeIf(name -> !name.startsWith(prefix));
              return names;
            }
          };
      return new Inbound(method, path, query, headers, Payload.of(body), Peer.UNKNOWN);
    }
  }

  private String given() {
    return pass.of(FLAG, CALLER, Asked.ONE.inbound());
  }

  private Optional<LanePass.Passed> opened(LanePass by, Asked asked, String seal) {
    return by.open(asked.with(LanePass.FIELD, seal).inbound());
  }

  @Test
  void saysWhoCallsAndForWhat() {
    LanePass.Passed passed = opened(pass, Asked.ONE, given()).orElseThrow();
    assertThat(passed.flag()).isEqualTo(FLAG);
    assertThat(passed.caller()).isEqualTo(CALLER);
    Subject subject = passed.caller().subject().orElseThrow();
    assertThat(subject.groups()).containsExactly("g1", "g2");
    assertThat(subject.scopes()).containsExactly("read");
    assertThat(subject.claims().get("level")).hasToString("3");
  }

  @Test
  void saysThatNobodyKnowsWhoCalls() {
    String seal = pass.of(FLAG, Caller.ANONYMOUS, Asked.ONE.inbound());
    assertThat(opened(pass, Asked.ONE, seal).orElseThrow().caller()).isEqualTo(Caller.ANONYMOUS);
  }

  static Stream<Arguments> others() {
    return Stream.<Map.Entry<String, UnaryOperator<Asked>>>of(
            Map.entry("method", a -> new Asked("GET", a.path(), a.query(), a.fields(), a.body())),
            Map.entry(
                "path",
                a -> new Asked(a.method(), a.path() + "x", a.query(), a.fields(), a.body())),
            Map.entry("query", a -> new Asked(a.method(), a.path(), "a=c", a.fields(), a.body())),
            Map.entry(
                "where the path ends",
                a -> new Asked(a.method(), a.path() + "a=b", "", a.fields(), a.body())),
            Map.entry("body", a -> new Asked(a.method(), a.path(), a.query(), a.fields(), "{ }")),
            Map.entry("a value of a field", a -> a.with("mcp-method", "y")),
            Map.entry("a field more", a -> a.with("mcp-name", "z")),
            Map.entry(
                "a field less",
                a -> new Asked(a.method(), a.path(), a.query(), Map.of(), a.body())))
        .map(other -> Arguments.of(other.getKey(), other.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void isGoodForNothingElse(String name, UnaryOperator<Asked> other) {
    assertThat(opened(pass, other.apply(Asked.ONE), given())).isEmpty();
  }

  @Test
  void doesNotBindWhatHasNoMeaning() {
    assertThat(opened(pass, Asked.ONE.with("traceparent", "00-1"), given())).isPresent();
  }

  @Test
  void isGoodForHalfAMinuteByEitherClock() {
    String seal = given();
    Instant then = now;
    for (long seconds : List.of(-30, 0, 30)) {
      now = then.plusSeconds(seconds);
      assertThat(opened(pass, Asked.ONE, seal)).as("%d s", seconds).isPresent();
    }
    for (Duration off : List.of(Duration.ofMillis(30_001), Duration.ofDays(400))) {
      now = then.plus(off);
      assertThat(opened(pass, Asked.ONE, seal)).as("%s later", off).isEmpty();
      now = then.minus(off);
      assertThat(opened(pass, Asked.ONE, seal)).as("%s before", off).isEmpty();
    }
  }

  @Test
  void isNothingToWhoHasOtherKeys() {
    KeyRing others = KeyRing.random(new SecureRandom());
    LanePass other = new LanePass(() -> others, new SecureRandom(), () -> now);
    assertThat(opened(other, Asked.ONE, given())).isEmpty();
  }

  @Test
  void isNothingWhereItIsMissingMadeUpOrThereTwice() {
    assertThat(pass.open(Asked.ONE.inbound())).isEmpty();
    assertThat(opened(pass, Asked.ONE, "p.made-up")).isEmpty();
    Inbound once = Asked.ONE.inbound();
    List<String> twice = List.of(given(), given());
    Headers headers =
        new Headers() {
          @Override
          public List<String> all(String name) {
            return name.equals(LanePass.FIELD) ? twice : once.headers().all(name);
          }

          @Override
          public Set<String> startingWith(String prefix) {
            return once.headers().startingWith(prefix);
          }
        };
    Inbound both =
        new Inbound(once.method(), once.path(), once.query(), headers, once.body(), once.peer());
    assertThat(pass.open(both)).isEmpty();
  }
}
