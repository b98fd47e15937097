package dev.turnpike.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.turnpike.account.By;
import dev.turnpike.account.Figures;
import dev.turnpike.account.UsageReport;
import dev.turnpike.audit.Deed;
import dev.turnpike.audit.TrailQuery;
import dev.turnpike.authorize.Explanation;
import dev.turnpike.config.Mark;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Rejected;
import dev.turnpike.exchange.Target;
import dev.turnpike.testkit.AdminPort;
import dev.turnpike.testkit.NoFlags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminRoutesTest {
  private static final String HOST = "Host: localhost:9000";
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
  private static final Rejected REJECTED =
      new Rejected(
          AT, List.of(new Problem(new Mark("turnpike.yaml", 3, 7), "rules[0]", "\"odd\"")));

  /** A question that the ledger was asked. */
  private record Asked(Set<By> by, Optional<Instant> from, Optional<Instant> to) {}

  private static final Explanation EXPLANATION =
      new Explanation(
          Explanation.Word.DENY,
          List.of("small"),
          List.of("refund:write"),
          "It is refused until then.",
          List.of(new Explanation.Finding("small", true, false, "would allow it")));
  private static final List<String> RECORDS =
      List.of(
          "{\"number\":2,\"time\":\"2026-11-24T10:00:02Z\",\"caller\":\"ada\",\"endpoint\":\"pay\"}",
          "{\"number\":1,\"time\":\"2026-11-24T10:00:01Z\",\"caller\":\"bob\",\"endpoint\":\"pay\"}");

  private final List<Deed> deeds = new ArrayList<>();
  private final List<ExplainQuery> explained = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private Optional<Rejected> lastRefused = Optional.empty();
  private AdminPort port;

  @BeforeEach
  void open() throws Exception {
    port = new AdminPort(new AdminRoutes(new LoopbackOnly(), sources(), deeds::add, () -> AT));
  }

  @AfterEach
  void close() throws Exception {
    port.close();
  }

  @Test
  void usageIsToldApartByWhatWasAsked() throws Exception {
    String answer = get("/admin/usage?by=caller,target");
    assertThat(json(answer).at("/rows/0/caller").asText()).isEqualTo("ada");
    assertThat(json(answer).at("/total/calls").asInt()).isEqualTo(3);
    assertThat(asked)
        .containsExactly(
            new Asked(Set.of(By.CALLER, By.TARGET), Optional.empty(), Optional.empty()));
  }

  @Test
  void aTimeIsAnInstantOrADay() throws Exception {
    assertThat(get("/admin/usage?from=2026-11-23&to=2026-11-24T10:00:00Z")).contains("200 OK");
    assertThat(asked)
        .containsExactly(
            new Asked(
                Set.of(), Optional.of(Instant.parse("2026-11-23T00:00:00Z")), Optional.of(AT)));
  }

  @Test
  void usageIsAlsoATable() throws Exception {
    String answer = get("/admin/usage?by=caller&format=csv");
    assertThat(answer).contains("text/csv").contains("caller,calls").contains("ada,3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "by=colour|by takes a list of caller, tenant, endpoint, target, lane",
        "by=caller,|by takes a list of",
        "format=xml|format is json or csv",
        "from=yesterday|from is a time such as",
        "to=2026-13-01|to is a time such as",
        "from=2026-11-24&to=2026-11-24|from must be before to",
        "since=2026-11-24|allowed: by, from, to, format",
        "by=caller&by=tenant|by is given more than once",
        "by=%zz|percent-encoded"
      })
  void aWrongQueryIsToldWhatIsAllowed(String query, String help) throws Exception {
    String answer = get("/admin/usage?" + query);
    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(json(answer).get("error").asText()).contains(help);
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsInForceIsSaidAndThatNothingWasRefused() throws Exception {
    JsonNode answer = json(get("/admin/config"));
    assertThat(answer.at("/inForce/file").asText()).isEqualTo("turnpike.yaml");
    assertThat(answer.at("/inForce/since").asText()).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(answer.at("/inForce/serves/0").asText()).isEqualTo("serves /mcp/demo");
    assertThat(answer.get("lastRefused").isNull()).isTrue();
  }

  @Test
  void theLastRefusedReloadIsToldWithItsProblems() throws Exception {
    lastRefused = Optional.of(REJECTED);
    JsonNode problem = json(get("/admin/config")).at("/lastRefused/problems/0");
    assertThat(problem.get("file").asText()).isEqualTo("turnpike.yaml");
    assertThat(problem.get("line").asInt()).isEqualTo(3);
    assertThat(problem.get("column").asInt()).isEqualTo(7);
    assertThat(problem.get("key").asText()).isEqualTo("rules[0]");
    assertThat(problem.get("message").asText()).isEqualTo("\"odd\"");
  }

  @Test
  void sessionsAreListed() throws Exception {
    JsonNode session = json(get("/admin/sessions")).at("/sessions/0");
    assertThat(session.get("caller").asText()).isEqualTo("ada");
    assertThat(session.get("idleSeconds").asInt()).isEqualTo(90);
  }

  @Test
  void theSchemaIsServedAsItIs() throws Exception {
    assertThat(get("/admin/schema/turnpike.json"))
        .contains("application/schema+json")
        .endsWith("{\"title\":\"schema\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void onlyGetIsAllowed(String method) throws Exception {
    assertThat(port.ask(method + " /admin/usage", HOST, "Content-Length: 0"))
        .startsWith("HTTP/1.1 405")
        .containsIgnoringCase("Allow: GET");
  }

  @Test
  void whatIsNotThereIsNotFoundAndWhatIsThereIsNamed() throws Exception {
    assertThat(get("/admin/secrets")).startsWith("HTTP/1.1 404").contains("/admin/usage");
    assertThat(get("/admin")).startsWith("HTTP/1.1 404");
  }

  @Test
  void aBugTellsNothingOfItself() throws Exception {
    try (AdminPort broken =
        new AdminPort(
            new AdminRoutes(
                new LoopbackOnly(),
                new Sources(
                    (by, from, to) -> {
                      throw new IllegalStateException("inner detail");
                    },
                    AdminRoutesTest::inForce,
                    List::of,
                    () -> "{}",
                    _ -> Optional.empty(),
                    (_, _) -> new TrailQuery(List.of(), false),
                    new NoFlags(),
                    "{}"),
                deeds::add,
                () -> AT))) {
      assertThat(broken.ask("GET /admin/usage", HOST))
          .startsWith("HTTP/1.1 500")
          .doesNotContain("inner detail");
    }
  }

  @Test
  void whatTheRulesSayIsExplained() throws Exception {
    String answer =
        explain(
            "{\"caller\":{\"subject\":\"ann\",\"groups\":[\"payers\"],"
                + "\"workload\":\"spiffe://mesh/ns/a/sa/b\"},"
                + "\"endpoint\":\"demo\",\"target\":\"pay_refund\",\"args\":{\"amount\":5}}");
    assertThat(json(answer).at("/decision").asText()).isEqualTo("deny");
    assertThat(json(answer).at("/rules/0").asText()).isEqualTo("small");
    assertThat(json(answer).at("/why").asText()).isEqualTo("It is refused until then.");
    assertThat(json(answer).at("/scopes/0").asText()).isEqualTo("refund:write");
    ExplainQuery query = explained.getFirst();
    assertThat(query.caller().subject().orElseThrow().groups()).containsExactly("payers");
    assertThat(query.caller().workload().orElseThrow().namespace()).isEqualTo("a");
    assertThat(query.target()).isEqualTo(new Target(Target.Kind.TOOL, "pay_refund"));
    assertThat(query.arguments().orElseThrow().text()).isEqualTo("{\"amount\":5}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{\"target\":\"t\"}|endpoint is missing",
        "{\"endpoint\":\"demo\"}|target is missing",
        "{\"endpoint\":\"demo\",\"target\":\"t\",\"target\":\"u\"}|not JSON that is taken",
        "{\"endpoint\":\"demo\",\"target\":\"t\",\"tool\":\"u\"}|unknown member",
        "{\"endpoint\":\"demo\",\"target\":\"t\",\"caller\":{\"name\":\"u\"}}|unknown member",
        "{\"endpoint\":\"demo\",\"target\":\"t\",\"caller\":{\"workload\":\"me\"}}|caller.workload is",
        "{\"endpoint\":\"demo\",\"target\":\"t\",\"kind\":\"skill\"}|kind is tool, prompt, resource or operation",
        "{\"endpoint\":\"none\",\"target\":\"t\"}|there is no endpoint",
        "[]|the body is an object",
        "{|not JSON"
      })
  void aQuestionThatCannotBeExplainedIsRefusedWithWhatWouldHelp(String body, String says)
      throws Exception {
    assertThat(explain(body)).startsWith("HTTP/1.1 400").contains(says);
  }

  @Test
  void aQuestionMayNotBeEndless() throws Exception {
    assertThat(explain(" ".repeat(Body.LARGEST + 1))).startsWith("HTTP/1.1 413");
  }

  @Test
  void theTrailIsSearched() throws Exception {
    assertThat(json(get("/admin/audit")).at("/records").size()).isEqualTo(2);
    String ada = get("/admin/audit?caller=ada&endpoint=pay");
    assertThat(json(ada).at("/records/0/number").asInt()).isEqualTo(2);
    assertThat(json(ada).at("/records").size()).isEqualTo(1);
    assertThat(json(get("/admin/audit?to=2026-11-24T10:00:02Z")).at("/records/0/number").asInt())
        .isEqualTo(1);
    assertThat(json(get("/admin/audit?limit=1")).at("/more").asBoolean()).isTrue();
    assertThat(get("/admin/audit?limit=0")).startsWith("HTTP/1.1 400").contains("from 1 to 1000");
    assertThat(get("/admin/audit?who=ada")).startsWith("HTTP/1.1 400").contains("allowed: from");
  }

  @Test
  void whoIsTurnedAwayIsWrittenDown() throws Exception {
    port.ask("GET /admin/usage", "Host: elsewhere.example");
    assertThat(deeds)
        .singleElement()
        .extracting(deed -> deed.members().get("act"))
        .isEqualTo("GET /admin/usage");
  }

  private String explain(String body) throws Exception {
    return port.post("/admin/explain", body, HOST);
  }

  @Test
  void nothingIsKeptInACache() throws Exception {
    assertThat(get("/admin/config")).containsIgnoringCase("Cache-Control: no-store");
  }

  private String get(String target) throws Exception {
    return port.ask("GET " + target, HOST);
  }

  private static JsonNode json(String answer) throws Exception {
    return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  private Sources sources() {
    return new Sources(
        (by, from, to) -> {
          asked.add(new Asked(by, from, to));
          Figures figures = new Figures(3, 0, 0, 0, 0, 0, 0);
          return new UsageReport(
              List.of(new UsageReport.Row(Map.of(By.CALLER, "ada"), figures)), figures);
        },
        () -> new InForce("turnpike.yaml", AT, List.of("serves /mcp/demo"), lastRefused),
        () -> List.of(new Connected("demo", "ada", "acme", "2025-11-25", Duration.ofSeconds(90))),
        () -> "{\"endpoints\":[]}",
        query -> {
          explained.add(query);
          return query.endpoint().equals("demo") ? Optional.of(EXPLANATION) : Optional.empty();
        },
        (matches, most) -> {
          List<String> found = RECORDS.stream().filter(matches).limit(most).toList();
          return new TrailQuery(found, found.size() == most);
        },
        new NoFlags(),
        "{\"title\":\"schema\"}");
  }

  private static InForce inForce() {
    return new InForce("turnpike.yaml", AT, List.of(), Optional.empty());
  }
}
