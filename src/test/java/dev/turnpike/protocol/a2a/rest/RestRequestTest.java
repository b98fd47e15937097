package dev.turnpike.protocol.a2a.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.protocol.a2a.Json;
import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.Said;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request line asks for, what it is refused for, and that both directions agree. */
class RestRequestTest {
  private static final String MESSAGE = "'message':{'messageId':'m','role':'ROLE_USER','parts':[]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET | /tasks/a | `` | `` | GET_TASK | {'id':'a'}",
        "GET | /tasks/a | historyLength=5 | `` | GET_TASK | {'id':'a','historyLength':5}",
        "GET | /tasks/a | A2A-Version=1.0&x=y&x=z | `` | GET_TASK | {'id':'a'}",
        "GET | /tasks/a | id=a&tenant= | `` | GET_TASK | {'id':'a','tenant':''}",
        "GET | /tasks/a%2Fb | `` | `` | GET_TASK | {'id':'a/b'}",
        "GET | /tasks/a%3Acancel | `` | `` | GET_TASK | {'id':'a:cancel'}",
        "GET | /tasks/urn:x:7 | `` | `` | GET_TASK | {'id':'urn:x:7'}",
        "GET | /tasks/100%25 | `` | `` | GET_TASK | {'id':'100%'}",
        "GET | /tasks/a+b | `` | `` | GET_TASK | {'id':'a+b'}",
        "GET | /tasks/%C3%A9 | `` | `` | GET_TASK | {'id':'é'}",
        "GET | /t/tasks/a | `` | `` | GET_TASK | {'tenant':'t','id':'a'}",
        "GET | /tasks | `` | `` | LIST_TASKS | {}",
        "GET | /tasks | status=TASK_STATE_WORKING&includeArtifacts=true&pageSize=5 | ``"
            + " | LIST_TASKS"
            + " | {'status':'TASK_STATE_WORKING','includeArtifacts':true,'pageSize':5}",
        "GET | /tasks | contextId=a%2Bb+c | `` | LIST_TASKS | {'contextId':'a+b c'}",
        "POST | /tasks/a:cancel | `` | `` | CANCEL_TASK | {'id':'a'}",
        "POST | /tasks/a:b:cancel | `` | {'metadata':{'k':1}} | CANCEL_TASK"
            + " | {'id':'a:b','metadata':{'k':1}}",
        "POST | /tasks/a:cancel | `` | {'id':'a'} | CANCEL_TASK | {'id':'a'}",
        "POST | /tasks/a:cancel | `` | {'id':null} | CANCEL_TASK | {'id':'a'}",
        "POST | /tasks/a%3Ax:subscribe | `` | {} | SUBSCRIBE_TO_TASK | {'id':'a:x'}",
        "GET | /tasks/a:subscribe | `` | `` | SUBSCRIBE_TO_TASK | {'id':'a'}",
        "POST | /tasks/a/pushNotificationConfigs | `` | {'url':'u'}"
            + " | CREATE_TASK_PUSH_NOTIFICATION_CONFIG | {'taskId':'a'}",
        "GET | /tasks/a/pushNotificationConfigs | `` | ``"
            + " | LIST_TASK_PUSH_NOTIFICATION_CONFIGS | {'taskId':'a'}",
        "GET | /tasks/a/pushNotificationConfigs/c | `` | ``"
            + " | GET_TASK_PUSH_NOTIFICATION_CONFIG | {'taskId':'a','id':'c'}",
        "DELETE | /tasks/a/pushNotificationConfigs/c | `` | ``"
            + " | DELETE_TASK_PUSH_NOTIFICATION_CONFIG | {'taskId':'a','id':'c'}",
        "GET | /extendedAgentCard | `` | `` | GET_EXTENDED_AGENT_CARD | {}"
      })
  void asks(String verb, String path, String query, String body, Operation operation, String params)
      throws Exception {
    assertThat(RestRequest.read(verb, path, query, body(body)))
        .isEqualTo(new RestRequest(operation, Json.tree(params)));
  }

  @ParameterizedTest
  @CsvSource({"/message:send, SEND_MESSAGE", "/message:stream, SEND_STREAMING_MESSAGE"})
  void says(String path, Operation operation) throws Exception {
    String body = "{" + MESSAGE + ",'unknown':1}";
    assertThat(RestRequest.read("POST", path, "", body(body)))
        .isEqualTo(new RestRequest(operation, Json.tree("{" + MESSAGE + "}")));
    assertThat(RestRequest.read("POST", "/t" + path, "", body("{'tenant':'t'," + MESSAGE + "}")))
        .isEqualTo(new RestRequest(operation, Json.tree("{'tenant':'t'," + MESSAGE + "}")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "tasks/a",
        "/tasks/a/",
        "//tasks/a",
        "/tasks//a",
        "/tasks/",
        "/tasks/.",
        "/tasks/..",
        "/tasks/%2e%2E",
        "/tasks/../x",
        "/./tasks/a",
        "/t/../tasks",
        "/tasks/a%2F..%2Fb",
        "/tasks/..%2Fb",
        "/tasks/%252e",
        "/tasks/a%2541",
        "/tasks/a%25%34%31",
        "/tasks%2Fa",
        "/t%61sks/a",
        "/tasks/a%",
        "/tasks/a%4",
        "/tasks/a%zz",
        "/tasks/%00",
        "/tasks/a%0A",
        "/tasks/a%5Cb",
        "/tasks/a\\b",
        "/tasks/a b",
        "/tasks/é",
        "/tasks/%FF",
        "/tasks/%C0%AE",
        "/tasks/%ED%A0%80",
        "/tasks/a?b",
        "/tasks/a#b",
        "/tasks/:cancel",
        "/tasks/:subscribe",
        "/tasks/a/b",
        "/tasks/a/pushNotificationConfigs/c/d",
        "/a/b/tasks/c",
        "/message%3Asend",
        "/message:Send",
        "/Tasks",
        "/",
        "/%2e%2e/tasks/a",
        "/t%252F/tasks/a"
      })
  void pathsThatAskForNothing(String path) {
    for (String verb : List.of("GET", "POST", "DELETE")) {
      assertThatThrownBy(() -> RestRequest.read(verb, path, "", Payload.EMPTY))
          .isInstanceOfSatisfying(Unroutable.class, no -> assertThat(no.allowed()).isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /message:send, POST",
    "PUT, /message:send, POST",
    "POST, /tasks, GET",
    "POST, /tasks/a, GET",
    "get, /tasks/a, GET",
    "GET, /tasks/a:cancel, POST",
    "DELETE, /tasks/a:subscribe, GET+POST",
    "DELETE, /tasks/a/pushNotificationConfigs, GET+POST",
    "POST, /tasks/a/pushNotificationConfigs/c, DELETE+GET",
    "POST, /tasks/a%3Acancel, GET",
    "POST, /extendedAgentCard, GET"
  })
  void verbsThatThePathDoesNotTake(String verb, String path, String allowed) {
    assertThatThrownBy(() -> RestRequest.read(verb, path, "", Payload.EMPTY))
        .isInstanceOfSatisfying(
            Unroutable.class,
            no -> {
              assertThat(no.allowed()).containsExactly(allowed.split("\\+"));
              assertThat(no.isMalformed()).isFalse();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET | /tasks/a | historyLength=1&historyLength=1 | `` | historyLength is given twice",
        "GET | /tasks/a | historyLength=1&history_length=2 | `` | historyLength is given twice",
        "GET | /tasks/a | historyLength=1&%68istoryLength=2 | `` | historyLength is given twice",
        "GET | /tasks/a | HISTORYLENGTH=1 | `` | historyLength must be spelled like this in a query",
        "GET | /tasks/a | historyLength=secret | `` | historyLength must be an integer of 32 bits",
        "GET | /tasks/a | id=secret | `` | id must be the same wherever it stands, and is not in the path",
        "GET | /t/tasks/a | tenant=secret | ``"
            + " | tenant must be the same wherever it stands, and is not in the path",
        "GET | /tasks | status=1 | `` | status must be one of TASK_STATE_UNSPECIFIED,",
        "GET | /tasks | status=secret | `` | status must be one of TASK_STATE_UNSPECIFIED,",
        "GET | /tasks | includeArtifacts=True | `` | includeArtifacts must be true or false",
        "GET | /tasks | pageSize=5&page_size=5 | `` | pageSize is given twice",
        "POST | /tasks/a:cancel | `` | {'id':'secret'}"
            + " | id must be the same wherever it stands, and is not in the path",
        "POST | /tasks/a:cancel | `` | {'id':7}"
            + " | id must be the same wherever it stands, and is not in the path",
        "POST | /tasks/a:cancel | id=secret | {'id':'a'}"
            + " | id must be the same wherever it stands, and is not in the query",
        "POST | /tasks/a:subscribe | `` | {'id':'secret'}"
            + " | id must be the same wherever it stands, and is not in the path",
        "POST | /tasks/a:cancel | `` | 'secret' | it must be an object",
        "POST | /tasks/a:cancel | `` | {'metadata':'secret'} | metadata must be an object",
        "POST | /message:send | `` | `` | message must be given",
        "POST | /message:send | `` | {'message':{'messageId':'m','role':'ROLE_USER','parts':[],"
            + "'taskId':'a','task_id':'secret'}} | message.taskId is given twice",
        "POST | /t/message:send | `` | {'tenant':'secret','message':{}}"
            + " | tenant must be the same wherever it stands, and is not in the path"
      })
  void whatIsSaidTwiceOrOtherwiseThanItMustBe(
      String verb, String path, String query, String body, String reason) {
    assertThatThrownBy(() -> RestRequest.read(verb, path, query, body(body)))
        .isInstanceOfSatisfying(
            Misshapen.class,
            no -> assertThat(no.reason()).startsWith(reason).doesNotContain("secret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/tasks/a | `` | {}",
        "/a/b/c/d/.. | `` | ``",
        "/a/b/c/%2e/d | `` | ``",
        "/a/b/c//d | `` | ``",
        "/tasks/a:subscribe | `` | {'id':'a'}",
        "/tasks/a | historyLength=%4 | ``",
        "/tasks/a | %FF=1 | ``",
        "/tasks | contextId=a b | ``"
      })
  void whatNoReaderIsSureOf(String path, String query, String body) {
    assertThatThrownBy(() -> RestRequest.read("GET", path, query, body(body)))
        .isInstanceOfSatisfying(Unroutable.class, no -> assertThat(no.isMalformed()).isTrue());
  }

  @Test
  void whatIsWrittenIsReadAsItWas() throws Exception {
    Said said = new Said(6);
    for (int i = 0; i < 2000; i++) {
      there(Operation.SEND_MESSAGE, said.send());
      there(Operation.SEND_STREAMING_MESSAGE, said.send());
      there(Operation.GET_TASK, said.getTask());
      there(Operation.LIST_TASKS, said.listTasks());
      there(Operation.CANCEL_TASK, said.cancelTask());
      there(Operation.SUBSCRIBE_TO_TASK, Map.of("id", said.getTask().get("id")));
    }
  }

  private static void there(Operation operation, Map<String, Object> params) throws Exception {
    RestRequest request = new RestRequest(operation, params);
    RestRequest.Line line = request.line();
    Payload body = line.body().isEmpty() ? Payload.EMPTY : Json.asIs(line.body());
    assertThat(RestRequest.read(line.verb(), line.path(), line.query(), body)).isEqualTo(request);
    if (operation == Operation.SUBSCRIBE_TO_TASK) {
      RestRequest.Line byGet = line.byGet();
      assertThat(byGet.verb()).isEqualTo("GET");
      assertThat(RestRequest.read("GET", byGet.path(), byGet.query(), Payload.EMPTY))
          .isEqualTo(request);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"``", ".", "..", "a/../b", "../a", "a%41", "%2e", "a\\b", "a\tb", "\ud800"})
  void anIdThatNoPathCanHoldIsNotSent(String id) {
    assertThatThrownBy(() -> new RestRequest(Operation.GET_TASK, Map.of("id", id)).line())
        .isInstanceOfSatisfying(
            Misshapen.class,
            no -> assertThat(no.reason()).isEqualTo("id must be one that can stand in a path"));
  }

  @Test
  void aTenantIsNotMistakenForAPlace() {
    assertThatThrownBy(
            () -> new RestRequest(Operation.GET_TASK, Map.of("id", "a", "tenant", "tasks")).line())
        .isInstanceOf(Misshapen.class);
  }

  @Test
  void idsAreWrittenAsClientsDo() throws Exception {
    assertThat(new RestRequest(Operation.CANCEL_TASK, Map.of("id", "a/b:c d%é")).line())
        .isEqualTo(new RestRequest.Line("POST", "/tasks/a%2Fb%3Ac%20d%25%C3%A9:cancel", "", ""));
  }

  private static Payload body(String row) throws Exception {
    return row.isEmpty() ? Payload.EMPTY : Json.scanned(row);
  }
}
