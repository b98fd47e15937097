package dev.turnpike.load;

import dev.turnpike.testkit.KubernetesIssuer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Callers with tokens, before many rules: what it costs to know them, and to look at what they may.
 *
 * @param knownOfAnonymous throughput with tokens and 1,000 rules, of that without and one rule
 * @param few latency of every call with tokens and 10 rules, of all rounds together
 * @param many with 1,000 rules
 */
record Callers(Series knownOfAnonymous, Histogram few, Histogram many) {
  private static final String PUBLIC_URL = "http://127.0.0.1";

  /** Measures three processes, in turns. */
  static Callers of(Plan plan, int originPort) throws IOException, InterruptedException {
    try (KubernetesIssuer issuer = new KubernetesIssuer()) {
      List<String> settings =
          List.of(
              "-Dquarkus.oidc.auth-server-url=" + issuer.issuer(),
              "-Dturnpike.public-url=" + PUBLIC_URL);
      String token = issuer.token("agents", "planner", PUBLIC_URL, issuer.issuer());
      Child.Listening anonymous = start(plan, "anonymous", originPort, true, 1, List.of());
      try (Child _ = anonymous.child()) {
        Child.Listening few = start(plan, "ten-rules", originPort, false, 10, settings);
        try (Child _ = few.child()) {
          Child.Listening many = start(plan, "many-rules", originPort, false, 1_000, settings);
          try (Child _ = many.child()) {
            return measured(
                plan,
                new Turn(anonymous.port(), ""),
                new Turn(few.port(), token),
                new Turn(many.port(), token));
          }
        }
      }
    }
  }

  private record Turn(int port, String token) {
    List<ToolCall> calls(Plan plan) {
      ToolCall call =
          token.isEmpty()
              ? ToolCall.modern("/mcp/load", port)
              : ToolCall.known("/mcp/load", port, token);
      return Collections.nCopies(plan.connections(), call);
    }
  }

  private static Child.Listening start(
      Plan plan, String name, int originPort, boolean anonymous, int rules, List<String> settings)
      throws IOException, InterruptedException {
    String others =
        IntStream.range(1, rules)
            .mapToObj("  - { name: rule-%1$d, allow: { tools: [\"tool_%1$d_*\"] } }\n"::formatted)
            .collect(Collectors.joining());
    return Gateway.start(
        plan,
        name,
        plan.application(),
        """
        upstreams:
          modern: { mcp: { url: "http://127.0.0.1:%d/mcp", revision: modern } }
        endpoints:
          load: { mcp: { upstreams: [modern] }, anonymous: %s }
        rules:
        %s  - { name: echo, allow: { tools: [echo] }, when: 'args.text != ""' }
        """
            .formatted(originPort, anonymous, others),
        settings);
  }

  private static Callers measured(Plan plan, Turn anonymous, Turn few, Turn many)
      throws IOException, InterruptedException {
    Callers callers = new Callers(new Series(), new Histogram(3), new Histogram(3));
    Duration warmup = Duration.ofSeconds(plan.warmup());
    System.out.println("callers with tokens");
    double peak = Double.MAX_VALUE;
    for (Turn turn : List.of(anonymous, few, many)) {
      Many.warm(turn.port(), turn.calls(plan), warmup);
      peak =
          Math.min(
              peak, Many.perSecond(turn.port(), turn.calls(plan), plan.leadTime(), plan.window()));
    }
    List<Turn> turns = new ArrayList<>(List.of(anonymous, many));
    for (int round = 0; round < plan.rounds(); round++) {
      double[] rates = new double[2];
      for (Turn turn : turns) {
        rates[turn == many ? 1 : 0] =
            Many.perSecond(turn.port(), turn.calls(plan), plan.leadTime(), plan.window());
      }
      System.out.printf("calls in a second: %,.0f with tokens, and %,.0f%n", rates[1], rates[0]);
      callers.knownOfAnonymous.add(rates[1] / rates[0]);
      Collections.rotate(turns, 1);
    }
    turns = new ArrayList<>(List.of(few, many));
    for (int round = 0; round < plan.rounds(); round++) {
      for (Turn turn : turns) {
        Latency latency =
            OpenLoop.run(turn.port(), turn.calls(plan), peak / 3, plan.leadTime(), plan.window());
        if (latency.bad() > 0) {
          throw new IOException(latency.bad() + " answers were not what was asked for");
        }
        (turn == few ? callers.few : callers.many).add(latency.nanos());
      }
      Collections.rotate(turns, 1);
    }
    return callers;
  }

  String text() {
    return """

    callers with tokens, before many rules:
      throughput with tokens and 1,000 rules, of that without and 1 rule
                                     %6.2f  (%.2f to %.2f)  bar: at least 0.85
      a call, in milliseconds:          p50     p95     p99
        tokens, 10 rules             %s
        tokens, 1,000 rules          %s
      p99 with 1,000 rules, of that with 10
                                     %6.2f  bar: at most 1.10
    """
        .formatted(
            knownOfAnonymous.median(),
            knownOfAnonymous.least(),
            knownOfAnonymous.most(),
            Many.row(few),
            Many.row(many),
            Many.millis(many, 99) / Many.millis(few, 99));
  }
}
