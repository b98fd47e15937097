package dev.turnpike.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.ScanLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
  private static Call call(String method, String params) throws Refused {
    Asked asked =
        Asked.read(
            Asked.scan(
                Payload.of(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                        + method
                        + "\",\"params\":"
                        + params
                        + "}"),
                new ScanLimits(64, 1_000)));
    return Calls.of(asked, Method.named(Era.LEGACY, method).orElseThrow(), "2025-11-25", "demo");
  }

  private static Call read(String uri) throws Refused {
    return call("resources/read", "{\"uri\":" + JsonText.quote(uri) + "}");
  }

  @Test
  void namesTheTargetAndKeepsTheArguments() throws Refused {
    Call call = call("tools/call", "{\"name\":\"echo\",\"arguments\":{\"a\":1.0}}");
    assertThat(call.target()).contains(new Target(Target.Kind.TOOL, "echo"));
    assertThat(call.arguments()).contains(Payload.of("{\"a\":1.0}"));
    assertThat(call.verb()).isEqualTo(Verb.INVOKE);
  }

  @Test
  void aimsACompletionAtWhatItRefersTo() throws Refused {
    assertThat(
            call("completion/complete", "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"}}")
                .target())
        .contains(new Target(Target.Kind.PROMPT, "p"));
    assertThatThrownBy(() -> call("completion/complete", "{\"ref\":{\"type\":\"else\"}}"))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":7}",
        "{\"name\":null}",
        "{\"name\":\"echo\",\"arguments\":[]}",
        "{\"name\":\"echo\",\"arguments\":null}"
      })
  void refusesAToolCallThatCannotBeJudged(String params) {
    assertThatThrownBy(() -> call("tools/call", params)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///srv/files/../../etc/passwd",
        "file:///srv/files/..",
        "file:///srv/./files",
        "file:///srv/files/%2e%2E/x",
        "file:///srv/files/.%2e/x",
        "file:///srv/files%2f..%2fx",
        "file:///srv/files\\..\\x",
        "file:///srv/files/..?x"
      })
  void refusesAUriThatCouldMeanAnotherPlace(String uri) {
    assertThatThrownBy(() -> read(uri)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///srv/files/a..b",
        "file:///srv/.hidden",
        "test://template/{id}/data",
        "demo://v1.2/x...",
        "urn:a:b"
      })
  void takesAnyOtherUri(String uri) throws Refused {
    assertThat(read(uri).target()).contains(new Target(Target.Kind.RESOURCE, uri));
  }
}
