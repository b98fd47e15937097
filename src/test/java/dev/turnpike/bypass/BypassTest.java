package dev.turnpike.bypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attempt of the corpus is refused, and nothing of it gets through. */
class BypassTest {
  private static Guarded tokens;
  private static Guarded mesh;
  private static String session;
  private static String cursor;

  @BeforeAll
  static void open() {
    tokens = new Guarded(false);
    mesh = new Guarded(true);
    session =
        tokens
            .ask(
                RawRequest.post(
                        "old",
                        RawRequest.legacyBody(
                            "0",
                            "initialize",
                            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}"))
                    .with("Authorization", "Bearer ann"))
            .fields()
            .first("mcp-session-id");
    cursor =
        tokens
            .ask(
                RawRequest.modern("both", "1", "tools/list", "")
                    .with("Authorization", "Bearer ann"))
            .json()
            .at("/result/nextCursor")
            .asText();
  }

  @AfterAll
  static void close() {
    tokens.close();
    mesh.close();
  }

  static Stream<Attempt> ofTokens() {
    return Stream.concat(BodyAttempts.all().stream(), CallerAttempts.all().stream());
  }

  static List<Attempt> ofTheMesh() {
    return CallerAttempts.meshed();
  }

  // sealed and made by Turnpike itself, so they are not known before
  private static Attempt filled(Attempt attempt) {
    String text =
        new String(attempt.bytes(), StandardCharsets.ISO_8859_1)
            .replace("$session", session)
            .replace("$cursor", cursor);
    int body = text.indexOf("\r\n\r\n") + 4;
    String sized =
        text.contains("tools/list")
                || text.contains("prompts/list")
                || text.contains("requestState")
            ? text.replaceFirst(
                "(?i)Content-Length: \\d+", "Content-Length: " + (text.length() - body))
            : text;
    return new Attempt(attempt.guard(), attempt.how(), sized.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofTokens")
  void isRefusedToTheHolderOfAToken(Attempt attempt) {
    assertThat(tokens.outcome(filled(attempt))).as(attempt.name()).isEqualTo("refused");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofTheMesh")
  void isRefusedToAProgram(Attempt attempt) {
    assertThat(mesh.outcome(attempt)).as(attempt.name()).isEqualTo("refused");
  }

  @Test
  void whatIsAllowedGetsThrough() {
    for (RawRequest good :
        List.of(
            BodyAttempts.call("echo", "{}"),
            BodyAttempts.call("pay", "{\"amount\":100}"),
            BodyAttempts.call("pay", "{\"amount\":99.99}"),
            BodyAttempts.call("pay", "{\"amount\":1E+2}"),
            RawRequest.legacy(
                    "old", session, RawRequest.legacyBody("1", "tools/call", "{\"name\":\"echo\"}"))
                .with("Authorization", "Bearer ann"),
            RawRequest.modern("both", "1", "tools/list", "\"cursor\":\"" + cursor + "\"")
                .with("Authorization", "Bearer ann"))) {
      assertThat(tokens.ask(good).json().has("result")).as("%s", good).isTrue();
    }
    try (RawCaller caller = RawCaller.to(mesh.road)) {
      assertThat(
              caller
                  .send(
                      RawRequest.call("pay", "1", "echo", "{}")
                          .with(
                              "X-Forwarded-Client-Cert",
                              "By=" + Guarded.BY + ";URI=" + Guarded.PLANNER))
                  .answer()
                  .json()
                  .has("result"))
          .isTrue();
    }
  }

  @Test
  void thereAreEnoughOfThem() {
    assertThat(ofTokens().count() + ofTheMesh().size()).isGreaterThan(300);
    assertThat(Stream.concat(ofTokens(), ofTheMesh().stream()).map(Attempt::name))
        .doesNotHaveDuplicates();
  }
}
