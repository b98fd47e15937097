package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upstream behind one address comes to be another, of the other era. How servers answer requests
 * of an era that they do not know differs; these are the answers of real ones.
 */
class ChangedEraTest extends OwnRoad {
  private static Script refuses(String error) {
    String[] parts = error.split(" ", 2);
    return parts[1].isEmpty() || parts[1].equals("-")
        ? Scripts.status(Integer.parseInt(parts[0]))
        : Scripts.status(Integer.parseInt(parts[0]), "", parts[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400 {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"no session\"}}",
        "400 {\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"no session\"}}",
        "404 {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"no session\"}}",
        "400 {\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32022,\"message\":\"version\"}}",
        "400 -",
        "404 -"
      })
  void fromModernToLegacyIsFollowed(String error) {
    up.on("initialize", Scripts.status(400));
    RawRequest call = RawRequest.call("one", "1", "echo", "{}");
    assertThat(RawCaller.ask(road, call).status()).isEqualTo(200);
    String session = RawCaller.session(road, "one", "2025-11-25");
    RawRequest echo =
        RawRequest.legacy(
            "one", session, RawRequest.legacyBody("1", "tools/call", "{\"name\":\"echo\"}"));
    assertThat(RawCaller.ask(road, echo).code()).isZero();

    up.on("server/discover", Scripts.status(400));
    up.on(
        "initialize",
        Scripts.status(
            200,
            "Mcp-Session-Id: s\r\n",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"protocolVersion\":\"2025-11-25\","
                + "\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"f\",\"version\":\"1\"}}}"));
    Script refusal = refuses(error);
    up.on(
        "tools/call",
        (request, line) -> {
          if (request.fields().has("mcp-session-id")) {
            line.json(Scripts.RESULT);
          } else {
            refusal.play(request, line);
          }
        });
    up.on("notifications/initialized", Scripts.status(202));
    // one call may find out; the next ones are served
    Eventually.holds("the session is over", () -> RawCaller.ask(road, echo).status() == 404);
    String anew = RawCaller.session(road, "one", "2025-11-25");
    RawRequest there =
        RawRequest.legacy(
            "one", anew, RawRequest.legacyBody("1", "tools/call", "{\"name\":\"echo\"}"));
    assertThat(RawCaller.ask(road, there).code()).isZero();
    assertThat(RawCaller.ask(road, call).code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400 {\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32602,\"message\":\"missing _meta\"}}",
        "400 {\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32020,\"message\":\"no header\"}}",
        "400 {\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32022,\"message\":\"version\"}}",
        "404 -",
        "400 -"
      })
  void fromLegacyToModernIsFollowed(String error) {
    RawRequest call = RawRequest.call("old", "1", "echo", "{}");
    assertThat(RawCaller.ask(road, call).status()).isEqualTo(200);
    String session = session();
    assertThat(RawCaller.ask(road, legacyCall(session, 1)).code()).isZero();

    old.on("server/discover", Scripts.json(FakeUpstream.DISCOVERED));
    old.on("initialize", Scripts.status(400));
    Script refusal = refuses(error);
    old.on(
        "tools/call",
        (request, line) -> {
          if (request.fields().has("mcp-method")) {
            line.json(Scripts.RESULT);
          } else {
            refusal.play(request, line);
          }
        });
    Eventually.holds(
        "the session is over", () -> RawCaller.ask(road, legacyCall(session, 2)).status() == 404);
    assertThat(RawCaller.ask(road, legacyCall(session(), 4)).code()).isZero();
    RawCaller.ask(road, call);
    assertThat(RawCaller.ask(road, call).code()).isZero();
  }
}
