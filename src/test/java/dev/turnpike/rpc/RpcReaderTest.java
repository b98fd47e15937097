package dev.turnpike.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcReaderTest {
  private static final Wanted WANTED = new Wanted();

  static {
    assertThat(RpcMembers.register(WANTED).errorMessage()).isNotNull();
  }

  private static Scan scan(String json) throws MalformedJson {
    return JsonScanner.scan(Payload.of(json), WANTED, new ScanLimits(9, 99), Strictness.CALLER);
  }

  private static RpcMessage read(String members) throws MalformedJson, NotRpc {
    return RpcReader.read(scan("{\"jsonrpc\":\"2.0\"" + members + "}"));
  }

  private static NotRpc refused(String json) throws MalformedJson {
    try {
      throw new AssertionError("read as " + RpcReader.read(scan(json)));
    } catch (NotRpc refused) {
      return refused;
    }
  }

  @Test
  void readsARequestWithAnIdOfEitherKind() throws Exception {
    assertThat(read(",\"id\":\"\\u0031\",\"method\":\"tools\\/call\",\"params\":{}"))
        .isEqualTo(new RpcMessage.Request(new RpcId.Text("1", "\"1\""), "tools/call"));
    assertThat(read(",\"id\":-01".replace("01", "1") + ",\"method\":\"\",\"params\":[1]"))
        .isEqualTo(new RpcMessage.Request(new RpcId.Num("-1"), ""));
  }

  @Test
  void keepsTheLexemeOfAnId() throws Exception {
    RpcMessage read = read(",\"id\":\"\\u0031\",\"method\":\"m\"");
    assertThat(((RpcMessage.Request) read).id().lexeme()).isEqualTo("\"\\u0031\"");
  }

  @Test
  void readsTheOtherShapes() throws Exception {
    assertThat(read(",\"method\":\"m\"")).isEqualTo(new RpcMessage.Notification("m"));
    assertThat(read(",\"id\":7,\"result\":null"))
        .isEqualTo(new RpcMessage.Result(new RpcId.Num("7")));
    assertThat(read(",\"id\":7,\"error\":{\"code\":-32601,\"message\":\"no\"}"))
        .isEqualTo(new RpcMessage.Failure(Optional.of(new RpcId.Num("7")), Optional.of(-32601L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"id\":null", ""})
  void readsAFailureThatAnswersNoKnownRequest(String id) throws Exception {
    assertThat(read(id + ",\"error\":{\"code\":1.5}"))
        .isEqualTo(new RpcMessage.Failure(Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]| the message is not an object",
        "1| the message is not an object",
        "{\"id\":1,\"method\":\"m\"}| jsonrpc is not 2.0",
        "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"m\"}| jsonrpc is not 2.0",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}| jsonrpc is not 2.0",
        "{\"jsonrpc\":\"2.0\",\"id\":1}| the message has no method, result or error",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}| method is not a string",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}| method is not a string",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":1}"
            + "| params is not an object or an array",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":null}"
            + "| params is not an object or an array",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"result\":1}"
            + "| the message is both a call and an answer",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"error\":{}}"
            + "| the message is both a call and an answer",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"error\":{}}"
            + "| the message has both result and error",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"no\"}| error is not an object",
        "{\"jsonrpc\":\"2.0\",\"result\":1}| id is not a string or an integer",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":1}| id is not a string or an integer",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"error\":{}}| id is not a string or an integer"
      })
  void refusesWhatIsNoMessage(String json, String reason) throws Exception {
    NotRpc refused = refused(json);
    assertThat(refused).hasMessage(reason);
    assertThat(refused.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "{}", "[]", "1.0", "1e3", "1E3", "-0.5"})
  void refusesARequestWithAnUnusableId(String id) throws Exception {
    NotRpc refused = refused("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}");
    assertThat(refused).hasMessage("id is not a string or an integer");
    assertThat(refused.id()).isEmpty();
  }

  @Test
  void tellsTheUsableIdOfWhatItRefuses() throws Exception {
    assertThat(refused("{\"id\":\"x\",\"method\":\"m\"}").id())
        .contains(new RpcId.Text("x", "\"x\""));
  }

  @Test
  void needsToKnowTheMembers() throws Exception {
    Scan stranger =
        JsonScanner.scan(Payload.of("{}"), new Wanted(), new ScanLimits(1, 1), Strictness.CALLER);
    assertThatThrownBy(() -> RpcReader.read(stranger)).isInstanceOf(IllegalStateException.class);
  }
}
