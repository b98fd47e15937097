package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors and the reader say the same. */
class SchemaTest {
  private static final JsonNode TREE = tree();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TREE);

  private static final Map<Keys, String> PLACES =
      Map.ofEntries(
          Map.entry(Keys.FILE, ""),
          Map.entry(Keys.UPSTREAM, "/$defs/upstream"),
          Map.entry(Keys.UPSTREAM_MCP, "/$defs/upstreamMcp"),
          Map.entry(Keys.UPSTREAM_A2A, "/$defs/upstreamA2a"),
          Map.entry(Keys.SECRET, "/$defs/upstreamMcp/properties/env/additionalProperties/anyOf/1"),
          Map.entry(Keys.ENDPOINT, "/$defs/endpoint"),
          Map.entry(Keys.ENDPOINT_MCP, "/$defs/endpointMcp"),
          Map.entry(Keys.ENDPOINT_A2A, "/$defs/endpointA2a"),
          Map.entry(Keys.TOOLS, "/$defs/endpointTools"),
          Map.entry(Keys.TOOL_EDIT, "/$defs/endpointTools/properties/edit/items"),
          Map.entry(Keys.RULE, "/$defs/rule"),
          Map.entry(Keys.AUDIT, "/properties/audit"),
          Map.entry(Keys.MATCH, "/$defs/match"),
          Map.entry(Keys.BUDGET, "/$defs/budget"),
          Map.entry(Keys.PRICE, "/$defs/price"));

  @ParameterizedTest
  @EnumSource
  void theSchemaKnowsTheKeysThatTheReaderKnows(Keys keys) {
    JsonNode mapping = TREE.at(PLACES.getOrDefault(keys, "/none"));
    List<String> known =
        mapping.path("properties").propertyStream().map(Map.Entry::getKey).toList();
    assertEquals(keys.known(), known);
    assertEquals("false", mapping.path("additionalProperties").toString());
    mapping
        .path("properties")
        .propertyStream()
        .forEach(property -> assertTrue(described(property.getValue()), property.getKey()));
  }

  @Test
  void theSchemaKnowsTheRevisionsThatTheReaderKnows() {
    assertEquals(
        List.copyOf(UpstreamReader.REVISIONS.keySet()),
        words("/$defs/upstreamMcp/properties/revision"));
  }

  @Test
  void theSchemaKnowsTheWordsThatTheReaderKnows() {
    assertEquals(List.copyOf(Choices.MODES.keySet()), words("/$defs/mode"));
    assertEquals(List.copyOf(Choices.UNITS.keySet()), words("/$defs/budget/properties/unit"));
    assertEquals(List.copyOf(Choices.OVER.keySet()), words("/$defs/budget/properties/over"));
    String upstream = "/$defs/upstreamMcp/properties/";
    assertEquals(List.copyOf(Choices.TRANSPORTS.keySet()), words(upstream + "transport"));
    assertEquals(List.copyOf(Choices.SHARING.keySet()), words(upstream + "sharing"));
  }

  private static List<String> words(String place) {
    return TREE.at(place + "/anyOf/0/enum").valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void theReadyFileIsTakenByBoth() throws ConfigRejected {
    String ready = resource("/turnpike.yaml");
    Setup setup = Yaml.read(ready);
    assertThat(SCHEMA.validate(ready, InputFormat.YAML)).isEmpty();
    assertEquals(Set.of("demo", "demo-legacy"), setup.endpoints().keySet());
    assertTrue(setup.endpoints().values().stream().allMatch(EndpointSpec::anonymous));
    assertEquals(1, setup.rules().size());
    assertEquals(1, setup.budgets().size());
  }

  @Test
  void whatTheReadyFileHasInCommentsIsTakenWhenTheSignIsTakenAway() throws ConfigRejected {
    String ready = resource("/turnpike.yaml");
    String more = ready.replaceAll("(?m)^  # (- name| {2}(deny|when|mode):)", "  $1");
    Setup setup = Yaml.read(more.replaceAll("(?m)^( +)# ([a-z0-9-]+: [a-z0-9]+ +#)", "$1$2"));
    assertEquals(2, setup.rules().size());
    assertFalse(setup.rules().get(1).allow());
    assertTrue(setup.rules().get(1).when().isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env: { A: b, C: { file: d } }",
        "inherit-env: [A]",
        "directory: /srv",
        "sharing: shared",
        "processes: 7",
        "revision: modern"
      })
  void takesInAProgramWhatTheReaderTakes(String key) throws ConfigRejected {
    String text =
        "upstreams: { up: { mcp: { command: [a, '-b'], "
            + key
            + " } } }\nendpoints: { end: { mcp: { upstreams: [up] } } }\n";
    Setup setup = Yaml.read(text);
    assertEquals(Set.of("up"), setup.upstreams().keySet());
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "concurrency: '${N:7}'",
        "transport: streamable-http",
        "transport: http-sse",
        "http2: '${N:true}'",
        "timeout: '${N:7s}'",
        "timeout: PT1M",
        "revision: '${N:auto}'",
        "idempotent: ['a*']"
      })
  void takesInAnUpstreamWhatTheReaderTakes(String key) throws ConfigRejected {
    String text =
        "upstreams: { up: { mcp: { url: '${N:http://h/}', "
            + key
            + " } } }\nendpoints: { end: { mcp: { upstreams: [up] } } }\n";
    Setup setup = Yaml.read(text);
    assertEquals(Set.of("up"), setup.upstreams().keySet());
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "concurrency: '${N:7}'",
        "origins: ['https://agent.example', 'http://h:81/']",
        "http2: true",
        "timeout: 5s, idle-timeout: PT1M"
      })
  void takesInAnAgentWhatTheReaderTakes(String key) throws ConfigRejected {
    String text =
        "upstreams: { up: { a2a: { card: '${N:http://h/}', "
            + key
            + " } } }\nendpoints: { end: { a2a: { upstream: up } } }\n";
    Setup setup = Yaml.read(text);
    assertEquals(Set.of("up"), setup.upstreams().keySet());
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit: 1, window: 1s",
        "limit: '${N:1}', unit: calls, window: month",
        "limit: 5, unit: concurrent, per: caller.tenant",
        "limit: 2.50, unit: money, window: month, cost: 0.01",
        "limit: 0.000001, unit: money, window: 1h, cost: 'input * 0.1'",
        "limit: '${N:2.5}', unit: money, window: 1h, cost: '1'",
        "limit: 999999999, unit: money, window: day, cost: 5"
      })
  void takesInABudgetWhatTheReaderTakes(String keys) throws ConfigRejected {
    String text = Yaml.LEAST + "budgets: [{ name: b, " + keys + " }]\n";
    assertEquals(1, Yaml.read(text).budgets().size());
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cost: 0.01",
        "cost: 'input * 0.1 + 2', match: { tools: [a] }",
        "cost: '${N:1}', models: ['gpt-*', b]"
      })
  void takesInAPriceWhatTheReaderTakes(String keys) throws ConfigRejected {
    String text = Yaml.LEAST + "prices: [{ name: p, " + keys + " }]\n";
    assertEquals(1, Yaml.read(text).prices().size());
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
  }

  /**
   * What needs a look at another place, or exact arithmetic, an editor cannot tell; and to the
   * parser used here {@code yes} is a truth value and {@code 1e3} a whole number.
   */
  private static boolean beyondTheSchema(String row) {
    return Stream.of(
            "the name of an entry of",
            "which is an upstream with",
            "second time",
            "prices at the top",
            "2.5000001",
            "h:0/",
            "h:65536",
            "h/ x",
            "0s\"",
            "367d",
            "http2: yes",
            "1e3")
        .anyMatch(row::contains);
  }

  static Stream<Arguments> refused() {
    return RefusalTest.texts()
        .filter(row -> !beyondTheSchema((String) row.get()[1] + row.get()[0]));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatTheReaderRefuses(String text, String problem) {
    assertThat(SCHEMA.validate(text, InputFormat.YAML)).as(problem).isNotEmpty();
  }

  private static boolean described(JsonNode property) {
    String ref = property.path("$ref").asText();
    return property.has("description")
        || !ref.isEmpty() && TREE.at(ref.substring(1)).has("description");
  }

  private static JsonNode tree() {
    try {
      return new ObjectMapper().readTree(resource("/turnpike.schema.json"));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(SchemaTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
