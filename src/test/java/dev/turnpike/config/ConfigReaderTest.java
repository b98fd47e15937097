package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.turnpike.exchange.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private static final String EVERY_KEY =
      """
      upstreams:
        everything:
          mcp:
            url: https://tools.example:8443/mcp?x=1
            revision: 2025-11-25
            timeout: 250ms
            idle-timeout: PT10M
            concurrency: 7
            http2: true
            idempotent: ["get_*", list]
        other:
          mcp: { url: "http://localhost/mcp", revision: modern }
      endpoints:
        all:
          mcp: { upstreams: [everything] }
          anonymous: true
      rules:
        - name: readers
          allow:
            endpoints: [all, "a*"]
            tools: ["files_*"]
            prompts: [p]
            resources: ["file:///srv/*"]
          when: '"readers" in caller.groups'
          mode: observe
        - name: Not.these_2
          deny: { tools: ["*_delete_*"] }
          mode: enforce
      budgets:
        - name: minute
          per: caller.workload.id
          match: { endpoints: [all] }
          limit: 60000
          unit: tokens
          cost: input + output * 4
          window: 1m
          hard: true
          exact: true
          mode: observe
          over: result
          outgrown: cut
        - { name: day, limit: 1, unit: calls, window: day, over: http }
        - { name: month, limit: 999999999999999, window: month, mode: enforce }
        - { name: lanes, limit: 3, unit: concurrent }
        - { name: spend, limit: 2.50, unit: money, window: month }
      prices:
        - name: gpt
          match: { tools: [ask] }
          models: ["gpt-*"]
          cost: input * 0.1
        - { name: each, cost: 0.01 }
      """;

  @Test
  void everyKeyOfAnUpstreamArrives() throws ConfigRejected {
    assertEquals(
        new UpstreamSpec(
            "everything",
            new Reach.Http(URI.create("https://tools.example:8443/mcp?x=1"), true),
            new RevisionPin.Dated("2025-11-25"),
            Duration.ofMillis(250),
            Duration.ofMinutes(10),
            7,
            List.of(new NamePattern("get_*", false), new NamePattern("list", false)),
            new Mark("my.yaml", 4, 7)),
        Yaml.read(EVERY_KEY).upstreams().get("everything"));
  }

  @Test
  void everyKeyOfAnAgentArrives() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            """
            upstreams:
              travel:
                a2a:
                  card: https://agent.example/.well-known/agent-card.json
                  origins: ["http://Other.example", "https://third.example:8443"]
                  http2: true
                  timeout: 250ms
                  idle-timeout: PT10M
                  concurrency: 7
            endpoints:
              trips:
                a2a: { upstream: travel }
                anonymous: true
            rules:
              - name: may-send
                allow: { endpoints: [trips], operations: ["Send*", GetTask] }
            """);
    assertEquals(
        new UpstreamSpec(
            "travel",
            new Reach.Card(
                URI.create("https://agent.example/.well-known/agent-card.json"),
                Set.of("http://other.example:80", "https://third.example:8443"),
                true),
            new RevisionPin.Auto(),
            Duration.ofMillis(250),
            Duration.ofMinutes(10),
            7,
            List.of(),
            new Mark("my.yaml", 4, 7)),
        setup.upstreams().get("travel"));
    assertEquals(Wire.A2A, Objects.requireNonNull(setup.upstreams().get("travel")).wire());
    EndpointSpec trips = Objects.requireNonNull(setup.endpoints().get("trips"));
    assertEquals(
        new EndpointSpec(
            "trips",
            Wire.A2A,
            List.of("travel"),
            Optional.empty(),
            true,
            new Mark("my.yaml", 12, 5)),
        trips);
    assertEquals("/a2a/trips", trips.path());
    MatchSpec match = setup.rules().getFirst().match();
    assertTrue(match.covers("trips", new Target(Target.Kind.OPERATION, "SendStreamingMessage")));
    assertFalse(match.covers("trips", new Target(Target.Kind.OPERATION, "CancelTask")));
    assertFalse(match.covers("trips", new Target(Target.Kind.TOOL, "GetTask")));
  }

  @Test
  void everyKeyOfAnEndpointArrives() throws ConfigRejected {
    assertEquals(
        Map.of(
            "all",
            new EndpointSpec(
                "all", List.of("everything"), Optional.empty(), true, new Mark("my.yaml", 15, 5))),
        Yaml.read(EVERY_KEY).endpoints());
  }

  @Test
  void everyKeyOfARuleArrives() throws ConfigRejected {
    NamePattern all = new NamePattern("all", false);
    assertEquals(
        List.of(
            new RuleSpec(
                "readers",
                true,
                new MatchSpec(
                    List.of(all, new NamePattern("a*", false)),
                    Map.of(
                        Target.Kind.TOOL, List.of(new NamePattern("files_*", false)),
                        Target.Kind.PROMPT, List.of(new NamePattern("p", false)),
                        Target.Kind.RESOURCE, List.of(new NamePattern("file:///srv/*", true)))),
                List.of(),
                Optional.of(
                    new Written<>("\"readers\" in caller.groups", new Mark("my.yaml", 24, 12))),
                true,
                new Mark("my.yaml", 18, 5)),
            new RuleSpec(
                "Not.these_2",
                false,
                new MatchSpec(
                    List.of(),
                    Map.of(Target.Kind.TOOL, List.of(new NamePattern("*_delete_*", false)))),
                List.of(),
                Optional.empty(),
                false,
                new Mark("my.yaml", 26, 5))),
        Yaml.read(EVERY_KEY).rules());
  }

  @Test
  void everyKeyOfABudgetArrives() throws ConfigRejected {
    List<BudgetSpec> budgets = Yaml.read(EVERY_KEY).budgets();
    assertEquals(
        new BudgetSpec(
            "minute",
            Optional.of(new Written<>("caller.workload.id", new Mark("my.yaml", 31, 10))),
            new MatchSpec(List.of(new NamePattern("all", false)), Map.of()),
            60_000,
            BudgetSpec.Unit.TOKENS,
            Optional.of(new Written<>("input + output * 4", new Mark("my.yaml", 35, 11))),
            new BudgetSpec.Window.Rolling(Duration.ofMinutes(1)),
            true,
            true,
            true,
            true,
            true,
            new Mark("my.yaml", 30, 5)),
        budgets.get(0));
    assertEquals(BudgetSpec.Unit.CALLS, budgets.get(1).unit());
    assertEquals(BudgetSpec.Unit.TOKENS, budgets.get(2).unit());
    assertEquals(new BudgetSpec.Window.Day(), budgets.get(1).window());
    assertEquals(new BudgetSpec.Window.Month(), budgets.get(2).window());
    assertEquals(999_999_999_999_999L, budgets.get(2).limit());
    assertEquals(BudgetSpec.Unit.CONCURRENT, budgets.get(3).unit());
    assertEquals(new BudgetSpec.Window.Open(), budgets.get(3).window());
    assertEquals(BudgetSpec.Unit.MONEY, budgets.get(4).unit());
    assertEquals(2_500_000, budgets.get(4).limit());
    assertFalse(budgets.get(2).observe());
    assertFalse(budgets.get(1).inBand());
  }

  @Test
  void everyKeyOfAPriceArrives() throws ConfigRejected {
    assertEquals(
        List.of(
            new PriceSpec(
                "gpt",
                new MatchSpec(
                    List.of(), Map.of(Target.Kind.TOOL, List.of(new NamePattern("ask", false)))),
                List.of(new NamePattern("gpt-*", false)),
                new Written<>("input * 0.1", new Mark("my.yaml", 50, 11)),
                new Mark("my.yaml", 47, 5)),
            new PriceSpec(
                "each",
                MatchSpec.ALL,
                List.of(),
                new Written<>("0.01", new Mark("my.yaml", 51, 25)),
                new Mark("my.yaml", 51, 5))),
        Yaml.read(EVERY_KEY).prices());
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws ConfigRejected {
    Setup setup = Yaml.read(Yaml.LEAST);
    assertEquals(
        new UpstreamSpec(
            "up",
            new Reach.Http(URI.create("http://127.0.0.1:1/mcp"), false),
            new RevisionPin.Auto(),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            1024,
            List.of(),
            new Mark("my.yaml", 1, 25)),
        setup.upstreams().get("up"));
    assertThat(setup.endpoints().values()).noneMatch(EndpointSpec::anonymous);
    assertEquals(List.of(), setup.rules());
    assertEquals(List.of(), setup.budgets());
  }

  @Test
  void aRuleOrBudgetThatNamesNothingMeansEveryCall() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            Yaml.LEAST
                + """
                rules:
                  - { name: all, allow: {} }
                budgets:
                  - { name: all, limit: 1, unit: calls, window: 1s }
                """);
    assertEquals(MatchSpec.ALL, setup.rules().get(0).match());
    assertEquals(MatchSpec.ALL, setup.budgets().get(0).match());
    assertEquals(Optional.empty(), setup.budgets().get(0).per());
  }

  @Test
  void keepsTheOrderWritten() throws ConfigRejected {
    StringBuilder text = new StringBuilder("upstreams:\n");
    for (int i = 40; i > 0; i--) {
      text.append("  u").append(i).append(": { mcp: { url: 'http://h/' } }\n");
    }
    text.append("endpoints: { e: { mcp: { upstreams: [u7] } } }\n");
    assertEquals("u40", Yaml.read(text.toString()).upstreams().keySet().iterator().next());
  }

  @Test
  void readsWordsThatOlderYamlTookForTruthValuesAsText() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            """
            upstreams: { on: { mcp: { url: "http://h/" } } }
            endpoints: { no: { mcp: { upstreams: [on] } } }
            rules: [{ name: yes, allow: { endpoints: [no] } }]
            """);
    assertTrue(setup.upstreams().containsKey("on"));
    assertEquals("yes", setup.rules().get(0).name());
  }

  @Test
  void aMarkAtTheBeginningAndWindowsLineEndsDoNotMatter() throws ConfigRejected {
    Setup setup = Yaml.read("\uFEFF" + Yaml.LEAST.replace("\n", "\r\n"));
    assertEquals(Yaml.read(Yaml.LEAST).endpoints(), setup.endpoints());
  }
}
