package dev.turnpike.bench;

import static java.util.Objects.requireNonNull;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Policy;
import dev.turnpike.authorize.Rules;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refused;
import dev.turnpike.expression.Condition;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.expression.Expressions;
import dev.turnpike.expression.Facts;
import dev.turnpike.expression.Verdict;
import dev.turnpike.identify.Identifier;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.KnownTokens;
import dev.turnpike.identify.Tokens;
import dev.turnpike.identify.Workloads;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.rpc.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Who is calling, by a token that is known, and whether one of a thousand rules lets them; and a
 * condition over arguments by itself. Sampled, so that there is a middle.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IdentityBench {
  private static final String HERE = "https://gateway.example";
  private static final int RULES = 1_000;

  private @Nullable Policy policy;
  private @Nullable Identifier identifier;
  private @Nullable Endpoints endpoints;
  private @Nullable Inbound inbound;
  private @Nullable Condition condition;

  @Setup
  public void compile() throws ConfigRejected {
    List<RuleSpec> specs = new ArrayList<>();
    for (int i = 1; i < RULES; i++) {
      specs.add(Rules.allow("rule-" + i, "tool_" + i + "_*"));
    }
    specs.add(
        Rules.when(
            "'payers' in caller.groups && args.amount <= 100",
            Rules.allow("refunds", "pay_refund")));
    policy = Policy.compile(specs);
    condition =
        Expressions.condition(
            "rules[0].when",
            new Written<>(
                "args.amount <= 100 && args.currency == 'EUR'", new Mark("turnpike.yaml", 1, 1)));
    Tokens issuer =
        _ ->
            CompletableFuture.completedFuture(
                new Tokens.Vouched(
                    Map.of(
                        "sub",
                        "ann",
                        "azp",
                        "app",
                        "aud",
                        List.of(HERE),
                        "tenant",
                        "acme",
                        "groups",
                        List.of("readers", "payers"),
                        "scope",
                        "openid refund:write"),
                    Instant.now().plusSeconds(3_600)));
    identifier =
        new Identifier(
            new Identity(
                new Workloads.Nowhere(),
                Optional.of(
                    new Issuer(
                        new KnownTokens(issuer, InstantSource.system(), 10_000),
                        List.of("https://issuer"),
                        HERE,
                        List.of(),
                        false,
                        Issuer.ClaimPaths.DEFAULT))),
            InstantSource.system());
    endpoints =
        Endpoints.of(
            ConfigReader.read(
                """
                upstreams: { up: { mcp: { url: "http://127.0.0.1:9/" } } }
                endpoints: { pay: { mcp: { upstreams: [up] } } }
                """,
                "turnpike.yaml",
                _ -> null));
    // as long as tokens are
    List<String> token = List.of("Bearer " + "eyJhbGciOiJSUzI1NiJ9.".repeat(45));
    inbound =
        new Inbound(
            "POST",
            "/mcp/pay",
            name -> name.equals("authorization") ? token : List.of(),
            Payload.EMPTY);
  }

  @Benchmark
  public Permitted identifyAndAuthorizeAmongAThousandRules() throws Refused {
    Caller caller =
        requireNonNull(identifier)
            .identify(requireNonNull(inbound), requireNonNull(endpoints))
            .toCompletableFuture()
            .join();
    return requireNonNull(policy)
        .authorize(
            RoutedFixture.routed(
                caller, Exchanges.call("pay", "pay_refund", "{\"amount\":10}"), "pay"));
  }

  @Benchmark
  public Verdict conditionOverArguments() {
    return requireNonNull(condition)
        .test(
            new Facts(
                Caller.ANONYMOUS,
                Exchanges.call("pay", "pay_refund", "{\"amount\":10,\"currency\":\"EUR\"}"),
                "pay"));
  }
}
