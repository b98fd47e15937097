package dev.turnpike.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModernServerTest {
  @RegisterExtension static final Demo DEMO = new Demo();

  private static final JsonObject NOTHING = new JsonObject();

  @Test
  void discoveryNamesTheOneRevisionAndWhatThereIs() throws Exception {
    JsonObject result = result("server/discover", NOTHING);
    assertThat(result.getJsonArray("supportedVersions")).isEqualTo(JsonArray.of("2026-07-28"));
    assertThat(result.getJsonObject("capabilities").fieldNames())
        .containsExactlyInAnyOrder("tools", "resources", "prompts");
  }

  @ParameterizedTest
  @CsvSource({
    "server/discover, supportedVersions",
    "tools/list, tools",
    "resources/list, resources",
    "resources/templates/list, resourceTemplates",
    "prompts/list, prompts"
  })
  void whatCanBeCachedSaysForHowLongAndForWhom(String method, String member) throws Exception {
    JsonObject result = result(method, NOTHING);
    assertThat(result.getJsonArray(member)).isNotEmpty();
    assertThat(result.getInteger("ttlMs")).isPositive();
    assertThat(result.getString("cacheScope")).isEqualTo("public");
    assertThat(result.getString("resultType")).isEqualTo("complete");
    assertThat(result.getJsonObject("_meta").fieldNames())
        .contains("io.modelcontextprotocol/serverInfo");
  }

  @Test
  void echoSaysAgainWhatItWasTold() throws Exception {
    JsonObject result = call("echo", new JsonObject().put("message", "hällo"));
    assertThat(textOf(result)).isEqualTo("hällo");
    assertThat(result.getString("resultType")).isEqualTo("complete");
    assertThat(result.containsKey("ttlMs")).isFalse();
  }

  @Test
  void addIsExactAndStructured() throws Exception {
    JsonObject result = call("add", new JsonObject("{\"a\": 9007199254740993, \"b\": 1}"));
    assertThat(result.getJsonObject("structuredContent").getLong("sum"))
        .isEqualTo(9007199254740994L);
    assertThat(textOf(result)).isEqualTo("9007199254740994");
  }

  @ParameterizedTest
  @CsvSource({"echo", "add", "forget", "countdown"})
  void wrongArgumentsAreAFailureThatAModelCanRead(String tool) throws Exception {
    JsonObject wrong = new JsonObject().put("from", 99);
    assertThat(call(tool, wrong).getBoolean("isError")).isTrue();
  }

  @Test
  void aNumberThatIsTooLargeToAddIsRefusedAndNotWrittenOut() throws Exception {
    JsonObject result = call("add", new JsonObject("{\"a\": 1e999999, \"b\": 1}"));
    assertThat(result.getBoolean("isError")).isTrue();
  }

  @Test
  void countdownTellsItsProgressAndThenItsResult() throws Exception {
    List<JsonObject> messages = Posts.events(Posts.send(countdown(3, true)));
    assertThat(messages).hasSize(4);
    assertThat(messages.subList(0, 3))
        .allMatch(message -> message.getString("method").equals("notifications/progress"))
        .allMatch(message -> message.getJsonObject("params").getString("progressToken").equals("p"))
        .extracting(message -> message.getJsonObject("params").getInteger("progress"))
        .containsExactly(1, 2, 3);
    assertThat(messages.getLast().getInteger("id")).isEqualTo(7);
    assertThat(textOf(messages.getLast().getJsonObject("result"))).contains("3");
  }

  @Test
  void withoutATokenNobodyIsToldOfProgress() throws Exception {
    HttpResponse<String> response = Posts.send(countdown(2, false));
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(textOf(Posts.json(response).getJsonObject("result"))).contains("2");
  }

  @Test
  void askNameNeedsAClientThatCanBeAsked() throws Exception {
    HttpResponse<String> response =
        send(Posts.request("tools/call", Posts.tool("ask-name", NOTHING)));
    assertThat(response.statusCode()).isEqualTo(400);
    JsonObject error = Posts.json(response).getJsonObject("error");
    assertThat(error.getInteger("code")).isEqualTo(-32021);
    assertThat(error.getJsonObject("data").getJsonObject("requiredCapabilities").fieldNames())
        .containsExactly("elicitation");
  }

  @Test
  void askNameAsksThenGreets() throws Exception {
    JsonObject asked = askName(NOTHING);
    assertThat(asked.getString("resultType")).isEqualTo("input_required");
    JsonObject question = asked.getJsonObject("inputRequests").getJsonObject("name");
    assertThat(question.getString("method")).isEqualTo("elicitation/create");
    assertThat(question.containsKey("id")).isFalse();

    JsonObject greeted = askName(retry(asked, accept("Ada")));
    assertThat(greeted.getString("resultType")).isEqualTo("complete");
    assertThat(textOf(greeted)).isEqualTo("Hello, Ada.");
    assertThat(textOf(askName(retry(asked, new JsonObject().put("action", "decline")))))
        .isEqualTo("Hello, whoever you are.");
  }

  @Test
  void askNameAsksAgainWhenTheAnswerIsMissing() throws Exception {
    JsonObject again =
        askName(
            new JsonObject()
                .put("requestState", askName(NOTHING).getString("requestState"))
                .put("inputResponses", NOTHING));
    assertThat(again.getString("resultType")).isEqualTo("input_required");
  }

  @Test
  void aRequestStateThatWasNotSentIsRefused() throws Exception {
    JsonObject forged =
        new JsonObject()
            .put("requestState", "mine")
            .put("inputResponses", new JsonObject().put("name", accept("Eve")));
    HttpResponse<String> response = send(asking(forged));
    assertThat(Posts.json(response).getJsonObject("error").getInteger("code")).isEqualTo(-32602);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo://greeting", "demo://greeting/Ada"})
  void resourcesAreReadByUriAndByTemplate(String uri) throws Exception {
    JsonObject result = result("resources/read", new JsonObject().put("uri", uri));
    JsonObject content = result.getJsonArray("contents").getJsonObject(0);
    assertThat(content.getString("uri")).isEqualTo(uri);
    assertThat(content.getString("text")).startsWith("Hello");
    assertThat(result.getInteger("ttlMs")).isPositive();
  }

  @Test
  void anUnknownResourceIsNamedInTheError() throws Exception {
    HttpResponse<String> response =
        send(Posts.request("resources/read", new JsonObject().put("uri", "demo://nothing")));
    JsonObject error = Posts.json(response).getJsonObject("error");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(error.getInteger("code")).isEqualTo(-32602);
    assertThat(error.getJsonObject("data").getString("uri")).isEqualTo("demo://nothing");
  }

  @Test
  void thePromptGreetsByName() throws Exception {
    JsonObject params = Posts.tool("greet", new JsonObject().put("name", "Ada"));
    assertThat(result("prompts/get", params).getJsonArray("messages").encode()).contains("Ada");
    HttpResponse<String> nameless =
        send(Posts.request("prompts/get", Posts.tool("greet", NOTHING)));
    assertThat(Posts.json(nameless).getJsonObject("error").getInteger("code")).isEqualTo(-32602);
  }

  @Test
  void listeningIsAcknowledgedWithNoPromises() throws Exception {
    try (Stream<String> lines =
        Posts.open(
                Posts.modern(
                    url(),
                    Posts.request(
                        "subscriptions/listen",
                        new JsonObject()
                            .put("notifications", new JsonObject().put("toolsListChanged", true)))))
            .body()) {
      Iterator<JsonObject> messages =
          lines.flatMap(line -> Posts.message(line).stream()).iterator();
      JsonObject first = messages.next();
      assertThat(first.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
      assertThat(first.getJsonObject("params").getJsonObject("notifications")).isEmpty();
      assertThat(
              first
                  .getJsonObject("params")
                  .getJsonObject("_meta")
                  .getInteger("io.modelcontextprotocol/subscriptionId"))
          .isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "nope"})
  void whatTheRevisionDoesNotHaveIsNotFound(String method) throws Exception {
    HttpResponse<String> response = send(Posts.request(method, NOTHING));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Posts.json(response).getJsonObject("error").getInteger("code")).isEqualTo(-32601);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protocolVersion", "clientCapabilities"})
  void theRequiredMembersOfMetaAreRequired(String member) throws Exception {
    JsonObject request = Posts.request("tools/list", NOTHING);
    request
        .getJsonObject("params")
        .getJsonObject("_meta")
        .remove("io.modelcontextprotocol/" + member);
    assertRefused(Posts.modern(url(), request), -32602);
  }

  @Test
  void anotherRevisionIsRefusedWithTheOneThatIsSpoken() throws Exception {
    JsonObject request = Posts.request("tools/list", NOTHING);
    request
        .getJsonObject("params")
        .getJsonObject("_meta")
        .put("io.modelcontextprotocol/protocolVersion", "2099-01-01");
    JsonObject data = assertRefused(Posts.modern(url(), request), -32022).getJsonObject("data");
    assertThat(data.getJsonArray("supported")).isEqualTo(JsonArray.of("2026-07-28"));
    assertThat(data.getString("requested")).isEqualTo("2099-01-01");
  }

  @ParameterizedTest
  @CsvSource({
    "MCP-Protocol-Version, 2025-11-25",
    "Mcp-Method, tools/list",
    "Mcp-Name, add",
    "Mcp-Name, =?base64?!!?=",
    "Mcp-Name,"
  })
  void headersMustSayWhatTheBodySays(String header, String value) throws Exception {
    HttpRequest.Builder request = Posts.modern(url(), echo("x"));
    assertRefused(request.setHeader(header, value == null ? "" : value), -32020);
  }

  @Test
  void aNameMayBeSentEncoded() throws Exception {
    String encoded = Base64.getEncoder().encodeToString("echo".getBytes(UTF_8));
    HttpResponse<String> response =
        Posts.send(
            Posts.modern(url(), echo("x")).setHeader("Mcp-Name", "=?base64?" + encoded + "?="));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"{, -32700", "[], -32600", "7, -32600", "{\"jsonrpc\":\"2.0\"}, -32600"})
  void whatIsNoRequestIsRefusedWithoutAnId(String body, int code) throws Exception {
    HttpResponse<String> response = Posts.send(Posts.to(url(), body));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Posts.json(response).containsKey("id")).isFalse();
    assertThat(Posts.json(response).getJsonObject("error").getInteger("code")).isEqualTo(code);
  }

  @Test
  void aNotificationIsAccepted() throws Exception {
    JsonObject notification = Posts.plain("notifications/whatever", NOTHING);
    notification.remove("id");
    HttpResponse<String> response = Posts.send(Posts.modern(url(), notification));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void thereAreNoSessionsToListenToOrToEnd(String method) throws Exception {
    HttpResponse<String> response =
        Posts.send(HttpRequest.newBuilder(URI.create(url())).method(method, noBody()));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example, 403",
    "Content-Type, text/plain, 415",
    "Accept, application/json, 406"
  })
  void aRequestFromElsewhereOrOfAnotherKindIsTurnedAway(String name, String value, int status)
      throws Exception {
    HttpRequest.Builder request = Posts.modern(url(), echo("x")).setHeader(name, value);
    assertThat(Posts.send(request).statusCode()).isEqualTo(status);
  }

  @Test
  void aPageOfThisMachineMayCall() throws Exception {
    HttpRequest.Builder request =
        Posts.modern(url(), echo("x")).setHeader("Origin", "http://localhost:6274");
    assertThat(Posts.send(request).statusCode()).isEqualTo(200);
  }

  private static String url() {
    return DEMO.running().modernUrl();
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static HttpResponse<String> send(JsonObject request) throws Exception {
    return Posts.send(Posts.modern(url(), request));
  }

  private static JsonObject result(String method, JsonObject params) throws Exception {
    HttpResponse<String> response = send(Posts.request(method, params));
    assertThat(response.statusCode()).isEqualTo(200);
    return Posts.json(response).getJsonObject("result");
  }

  private static JsonObject call(String tool, JsonObject arguments) throws Exception {
    return result("tools/call", Posts.tool(tool, arguments));
  }

  private static JsonObject echo(String message) {
    return Posts.request(
        "tools/call", Posts.tool("echo", new JsonObject().put("message", message)));
  }

  private static HttpRequest.Builder countdown(int from, boolean progress) {
    JsonObject arguments = new JsonObject().put("from", from).put("pauseMs", 1);
    JsonObject request = Posts.request("tools/call", Posts.tool("countdown", arguments));
    if (progress) {
      request.getJsonObject("params").getJsonObject("_meta").put("progressToken", "p");
    }
    return Posts.modern(url(), request);
  }

  private static JsonObject asking(JsonObject more) {
    return Posts.request(
        "tools/call",
        Posts.tool("ask-name", NOTHING).mergeIn(more),
        new JsonObject().put("elicitation", NOTHING));
  }

  private static JsonObject askName(JsonObject more) throws Exception {
    return Posts.json(send(asking(more))).getJsonObject("result");
  }

  private static JsonObject retry(JsonObject asked, JsonObject answer) {
    return new JsonObject()
        .put("requestState", asked.getString("requestState"))
        .put("inputResponses", new JsonObject().put("name", answer));
  }

  private static JsonObject accept(String name) {
    return new JsonObject()
        .put("action", "accept")
        .put("content", new JsonObject().put("name", name));
  }

  private static JsonObject assertRefused(HttpRequest.Builder request, int code) throws Exception {
    HttpResponse<String> response = Posts.send(request);
    assertThat(response.statusCode()).isEqualTo(400);
    JsonObject error = Posts.json(response).getJsonObject("error");
    assertThat(error.getInteger("code")).isEqualTo(code);
    return error;
  }

  private static String textOf(JsonObject result) {
    return result.getJsonArray("content").getJsonObject(0).getString("text");
  }
}
