package dev.turnpike.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.turnpike.testkit.node.Finished;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Clients that people use, each doing all it can; one test for each of its steps. */
@NeedsPeers
public abstract class RealClientsSuite {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** As in {@link ConformanceSuite#endpointUrl}. */
  protected abstract String endpointUrl(Era era);

  /** Where npm's server-everything is served. */
  protected abstract String everythingUrl();

  @TestFactory
  Stream<DynamicTest> servesTheNpmClientOfTheModernEra() {
    return steps("client-modern.mjs", endpointUrl(Era.MODERN));
  }

  @TestFactory
  Stream<DynamicTest> servesTheNpmClientOfTheLegacyEras() {
    return steps("client-legacy.mjs", endpointUrl(Era.LEGACY));
  }

  @TestFactory
  Stream<DynamicTest> servesTheInspectorOfTheLegacyEras() {
    return steps("inspector.mjs", endpointUrl(Era.LEGACY), "legacy");
  }

  @TestFactory
  Stream<DynamicTest> servesTheInspectorOfTheModernEra() {
    return steps("inspector.mjs", endpointUrl(Era.MODERN), "modern");
  }

  @TestFactory
  Stream<DynamicTest> servesAClientOfServerEverything() {
    return steps("client-everything.mjs", everythingUrl());
  }

  /** Runs a script, and makes a test of each step that it reports. */
  static Stream<DynamicTest> steps(String script, String... arguments) {
    return steps(script, NodeRuntime.here().run(LIMIT, script, List.of(arguments)));
  }

  /** The same of a client that has run. */
  static Stream<DynamicTest> steps(String name, Finished client) {
    JsonNode report = parse(client);
    Stream<DynamicTest> steps =
        report.path("steps").properties().stream()
            .map(step ->
                DynamicTest.dynamicTest(
                    step.getKey(),
                    () ->
                        assertThat(step.getValue().path("ok").asBoolean())
                            .as(() -> name + ", " + step.getKey() + ": " + step.getValue())
                            .isTrue()));
    return Stream.concat(
        steps,
        Stream.of(
            DynamicTest.dynamicTest(
                "exit status 0", () -> assertThat(client.status()).as(client::toString).isZero())));
  }

  private static JsonNode parse(Finished client) {
    try {
      return new ObjectMapper().readTree(client.out());
    } catch (JsonProcessingException e) {
      throw new AssertionError("the client left no report: " + client, e);
    }
  }
}
