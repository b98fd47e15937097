package dev.turnpike.protocol.a2a.v03;

import static dev.turnpike.protocol.a2a.Json.scanned;
import static dev.turnpike.protocol.a2a.Json.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.fault.Failure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row by row, what is the same thing in 0.3 and in 1.0. */
class TableTest {
  @ParameterizedTest
  @CsvSource({
    "message/send, SEND_MESSAGE",
    "message/stream, SEND_STREAMING_MESSAGE",
    "tasks/get, GET_TASK",
    "tasks/cancel, CANCEL_TASK",
    "tasks/resubscribe, SUBSCRIBE_TO_TASK",
    "tasks/pushNotificationConfig/set, CREATE_TASK_PUSH_NOTIFICATION_CONFIG",
    "tasks/pushNotificationConfig/get, GET_TASK_PUSH_NOTIFICATION_CONFIG",
    "tasks/pushNotificationConfig/list, LIST_TASK_PUSH_NOTIFICATION_CONFIGS",
    "tasks/pushNotificationConfig/delete, DELETE_TASK_PUSH_NOTIFICATION_CONFIG",
    "agent/getAuthenticatedExtendedCard, GET_EXTENDED_AGENT_CARD"
  })
  void methods(String old, Operation operation) {
    assertThat(Methods.operation(old)).contains(operation);
    assertThat(Methods.method(operation)).contains(old);
    assertThat(Methods.operation(operation.method())).isEmpty();
  }

  @Test
  void thereIsNoListOfTasks() {
    assertThat(Methods.method(Operation.LIST_TASKS)).isEmpty();
    assertThat(Requests.takes(Operation.LIST_TASKS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "submitted, SUBMITTED, false",
    "working, WORKING, false",
    "input-required, INPUT_REQUIRED, false",
    "auth-required, AUTH_REQUIRED, false",
    "completed, COMPLETED, true",
    "canceled, CANCELED, true",
    "failed, FAILED, true",
    "rejected, REJECTED, true",
    "unknown, UNSPECIFIED, false"
  })
  void states(String old, String state, boolean last) throws Exception {
    String update =
        "{'kind':'status-update','taskId':'t','contextId':'c','status':{'state':'" + old;
    String event = "{'statusUpdate':{'taskId':'t','contextId':'c','status':{'state':'TASK_STATE_";
    String sent = update + "'},'final':" + last + "}";
    assertThat(Event.toCurrent(scanned(sent)))
        .isEqualTo(new Event(tree(event + state + "'}}}"), last));
    assertThat(Event.toOld(tree(event + state + "'}}}"), false)).isEqualTo(tree(sent));
    assertThat(Event.toOld(tree(event + state + "'}}}"), true)).containsEntry("final", true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'kind':'text','text':'a'} | {'text':'a'}",
        "{'kind':'text','text':''} | {'text':''}",
        "{'kind':'text','text':'a','metadata':{'b':1}} | {'text':'a','metadata':{'b':1}}",
        "{'kind':'file','file':{'bytes':'QQ==','name':'n','mimeType':'a/b'}}"
            + " | {'raw':'QQ==','filename':'n','mediaType':'a/b'}",
        "{'kind':'file','file':{'uri':'u:1'},'metadata':{}} | {'url':'u:1','metadata':{}}",
        "{'kind':'data','data':{'a':[1]}} | {'data':{'a':[1]}}",
        "{'kind':'data','data':{'value':[1]},'metadata':{'data_part_compat':true}} | {'data':[1]}",
        "{'kind':'data','data':{'value':null},'metadata':{'data_part_compat':true}}"
            + " | {'data':null}",
        "{'kind':'data','data':{'value':7},'metadata':{'m':1,'data_part_compat':true}}"
            + " | {'data':7,'metadata':{'m':1}}",
        "{'kind':'data','data':{'value':7}} | {'data':{'value':7}}"
      })
  void parts(String old, String part) throws Exception {
    for (String role : List.of("user", "agent")) {
      String oldMessage =
          "{'message':{'kind':'message','messageId':'m','role':'"
              + role
              + "','parts':["
              + old
              + "]}}";
      String message =
          "{'message':{'messageId':'m','role':'ROLE_"
              + role.toUpperCase(java.util.Locale.ROOT)
              + "','parts':["
              + part
              + "]}}";
      assertThat(Requests.toCurrent(Operation.SEND_MESSAGE, scanned(oldMessage)))
          .isEqualTo(tree(message));
      assertThat(Requests.toOld(Operation.SEND_MESSAGE, tree(message))).isEqualTo(tree(oldMessage));
    }
  }

  @Test
  void whatOneVersionAloneKnowsStaysBehind() throws Exception {
    assertThat(
            Requests.toOld(
                Operation.SEND_MESSAGE,
                tree(
                    "{'tenant':'t','message':{'messageId':'m','role':'ROLE_USER','parts':"
                        + "[{'text':'a','filename':'f','mediaType':'x/y','new':1}],'new':2}}")))
        .isEqualTo(
            tree(
                "{'message':{'kind':'message','messageId':'m','role':'user','parts':"
                    + "[{'kind':'text','text':'a'}]}}"));
    assertThat(
            Requests.toCurrent(
                Operation.SEND_MESSAGE,
                scanned("{'old':1,'message':{'messageId':'m','role':'user','parts':[],'old':{}}}")))
        .isEqualTo(tree("{'message':{'messageId':'m','role':'ROLE_USER','parts':[]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'blocking':true} | {'returnImmediately':false}",
        "{'blocking':false} | {'returnImmediately':true}",
        "{'blocking':true,'historyLength':0} | {'returnImmediately':false,'historyLength':0}",
        "{'blocking':false,'acceptedOutputModes':['a/b']}"
            + " | {'returnImmediately':true,'acceptedOutputModes':['a/b']}",
        "{'blocking':true,'pushNotificationConfig':{'id':'i','url':'u','token':'t',"
            + "'authentication':{'schemes':['Bearer'],'credentials':'c'}}}"
            + " | {'returnImmediately':false,'taskPushNotificationConfig':{'id':'i','url':'u',"
            + "'token':'t','authentication':{'scheme':'Bearer','credentials':'c'}}}"
      })
  void configurations(String old, String configuration) throws Exception {
    String before =
        "{'message':{'kind':'message','messageId':'m','role':'user','parts':[]},"
            + "'configuration':";
    String after = "{'message':{'messageId':'m','role':'ROLE_USER','parts':[]},'configuration':";
    assertThat(Requests.toCurrent(Operation.SEND_MESSAGE, scanned(before + old + "}")))
        .isEqualTo(tree(after + configuration + "}"));
    assertThat(Requests.toOld(Operation.SEND_MESSAGE, tree(after + configuration + "}")))
        .isEqualTo(tree(before + old + "}"));
  }

  @Test
  void whetherToWaitIsLeftUnsaidWhereNobodySaidIt() throws Exception {
    String message = "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':{}}";
    assertThat(Requests.toCurrent(Operation.SEND_MESSAGE, scanned(message)))
        .containsEntry("configuration", Map.of());
  }

  @Test
  void anAgentIsToldToWaitWhereACallerLeftItAtThat() throws Exception {
    assertThat(
            Requests.toOld(
                Operation.SEND_MESSAGE,
                tree(
                    "{'message':{'messageId':'m','role':'ROLE_USER','parts':[]},"
                        + "'configuration':{'historyLength':1}}")))
        .containsEntry("configuration", tree("{'historyLength':1,'blocking':true}"));
  }

  @Test
  void ofSeveralSchemesTheFirstIsKept() throws Exception {
    assertThat(
            Requests.toCurrent(
                Operation.SEND_MESSAGE,
                scanned(
                    "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':"
                        + "{'pushNotificationConfig':{'url':'u','authentication':"
                        + "{'schemes':['Basic','Bearer']}}}}")))
        .containsEntry(
            "configuration",
            tree("{'taskPushNotificationConfig':{'url':'u','authentication':{'scheme':'Basic'}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET_TASK | {'id':'t','historyLength':3} | {'id':'t','historyLength':3}",
        "GET_TASK | {'id':'t','historyLength':0} | {'id':'t','historyLength':0}",
        "GET_TASK | {'id':'t'} | {'id':'t'}",
        "CANCEL_TASK | {'id':'t','metadata':{'a':1}} | {'id':'t','metadata':{'a':1}}",
        "SUBSCRIBE_TO_TASK | {'id':'t'} | {'id':'t'}"
      })
  void tasks(Operation operation, String old, String params) throws Exception {
    assertThat(Requests.toCurrent(operation, scanned(old))).isEqualTo(tree(params));
    assertThat(Requests.toOld(operation, tree(params))).isEqualTo(tree(old));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:00:00Z, 2026-03-01T10:00:00.000Z",
    "2026-03-01T10:00:00.123456Z, 2026-03-01T10:00:00.123Z",
    "2026-03-01T01:30:00+02:30, 2026-02-28T23:00:00.000Z",
    "2026-03-01T10:00:00.5, 2026-03-01T10:00:00.500Z",
    "2026-03-01T10:00:00-00:00, 2026-03-01T10:00:00.000Z"
  })
  void timestamps(String old, String timestamp) throws Exception {
    String task = "{'kind':'task','id':'t','status':{'state':'working','timestamp':'" + old + "'}}";
    assertThat(Members.object(Results.toCurrent(Operation.GET_TASK, scanned(task)).get("status")))
        .containsEntry("timestamp", timestamp);
  }

  private static final String OLD_TASK =
      "{'kind':'task','id':'t','contextId':'c','status':{'state':'completed','message':"
          + "{'kind':'message','messageId':'m','role':'agent','parts':[]}},'artifacts':"
          + "[{'artifactId':'a','name':'n','description':'d','parts':[{'kind':'text','text':'x'}],"
          + "'extensions':['e']}],'history':[{'kind':'message','messageId':'h','contextId':'c',"
          + "'taskId':'t','role':'user','parts':[],'extensions':['e'],'referenceTaskIds':['r']}],"
          + "'metadata':{'k':'v'}}";
  private static final String TASK =
      "{'id':'t','contextId':'c','status':{'state':'TASK_STATE_COMPLETED','message':"
          + "{'messageId':'m','role':'ROLE_AGENT','parts':[]}},'artifacts':"
          + "[{'artifactId':'a','name':'n','description':'d','parts':[{'text':'x'}],"
          + "'extensions':['e']}],'history':[{'messageId':'h','contextId':'c','taskId':'t',"
          + "'role':'ROLE_USER','parts':[],'extensions':['e'],'referenceTaskIds':['r']}],"
          + "'metadata':{'k':'v'}}";

  @Test
  void results() throws Exception {
    for (Operation bare : List.of(Operation.GET_TASK, Operation.CANCEL_TASK)) {
      assertThat(Results.toCurrent(bare, scanned(OLD_TASK))).isEqualTo(tree(TASK));
      assertThat(Results.toOld(bare, tree(TASK))).isEqualTo(tree(OLD_TASK));
    }
    Map<String, Object> sent = tree("{'task':" + TASK + "}");
    assertThat(Results.toCurrent(Operation.SEND_MESSAGE, scanned(OLD_TASK))).isEqualTo(sent);
    assertThat(Results.toOld(Operation.SEND_MESSAGE, sent)).isEqualTo(tree(OLD_TASK));
    String oldMessage = "{'kind':'message','messageId':'m','role':'agent','parts':[]}";
    Map<String, Object> message =
        tree("{'message':{'messageId':'m','role':'ROLE_AGENT','parts':[]}}");
    assertThat(Results.toCurrent(Operation.SEND_MESSAGE, scanned(oldMessage))).isEqualTo(message);
    assertThat(Results.toOld(Operation.SEND_MESSAGE, message)).isEqualTo(tree(oldMessage));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'kind':'message','messageId':'m','role':'agent','parts':[]} | true"
            + " | {'message':{'messageId':'m','role':'ROLE_AGENT','parts':[]}}",
        "{'kind':'task','id':'t','contextId':'c','status':{'state':'completed'}} | false"
            + " | {'task':{'id':'t','contextId':'c','status':{'state':'TASK_STATE_COMPLETED'}}}",
        "{'kind':'artifact-update','taskId':'t','contextId':'c','artifact':{'artifactId':'a',"
            + "'parts':[{'kind':'text','text':'x'}]},'append':true,'lastChunk':false} | false"
            + " | {'artifactUpdate':{'taskId':'t','contextId':'c','artifact':{'artifactId':'a',"
            + "'parts':[{'text':'x'}]},'append':true,'lastChunk':false}}"
      })
  void events(String old, boolean last, String event) throws Exception {
    assertThat(Event.toCurrent(scanned(old))).isEqualTo(new Event(tree(event), last));
    assertThat(Event.toOld(tree(event), false)).isEqualTo(tree(old));
  }

  @Test
  void aStreamThatBeginsWithAnUpdateGetsItsTask() throws Exception {
    LeadingTask leading = new LeadingTask();
    Map<String, Object> update =
        tree("{'artifactUpdate':{'taskId':'t','contextId':'c','artifact':{}}}");
    assertThat(leading.before(update))
        .containsExactly(
            tree("{'task':{'id':'t','contextId':'c','status':{'state':'TASK_STATE_WORKING'}}}"),
            update);
    assertThat(leading.before(update)).containsExactly(update);
    Map<String, Object> message = tree("{'message':{}}");
    assertThat(new LeadingTask().before(message)).containsExactly(message);
  }

  @Test
  void errors() throws Exception {
    Failure failure =
        Errors.toCurrent(scanned("{'code':-32001,'message':'gone','data':{'s':'x'}}"))
            .orElseThrow();
    assertThat(failure.jsonRpc())
        .isEqualTo(
            tree(
                "{'code':-32001,'message':'gone','data':[{'@type':"
                    + "'type.googleapis.com/google.rpc.ErrorInfo','reason':'TASK_NOT_FOUND',"
                    + "'domain':'a2a-protocol.org'}]}"));
    assertThat(Errors.toOld(new Failure(-32009, "no", List.of())))
        .isEqualTo(tree("{'code':-32009,'message':'no'}"));
    assertThat(Errors.toCurrent(scanned("{'code':'x','message':'gone'}"))).isEmpty();
  }
}
