package dev.turnpike.protocol.a2a.v03;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.protocol.a2a.Json;
import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.MalformedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in 0.3: with the place, and without what stood there ({@code secret}). */
class RefusedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | it must be an object",
        "{} | message must be given",
        "{'message':null} | message must be given",
        "{'message':'secret'} | message must be an object",
        "{'message':{}} | message.messageId must be given",
        "{'message':{'messageId':7,'role':'user','parts':[]}} | message.messageId must be a string",
        "{'message':{'messageId':'m','parts':[]}} | message.role must be given",
        "{'message':{'messageId':'m','role':'secret','parts':[]}}"
            + " | message.role must be one of user, agent",
        "{'message':{'messageId':'m','role':'ROLE_USER','parts':[]}}"
            + " | message.role must be one of user, agent",
        "{'message':{'messageId':'m','role':1,'parts':[]}}"
            + " | message.role must be one of user, agent",
        "{'message':{'messageId':'m','role':'user'}} | message.parts must be given",
        "{'message':{'messageId':'m','role':'user','parts':{}}} | message.parts must be an array",
        "{'message':{'kind':'task','messageId':'m','role':'user','parts':[]}}"
            + " | message.kind must be one of message",
        "{'message':{'messageId':'m','message_id':'n','role':'user','parts':[]}}"
            + " | message.messageId is given twice",
        "{'message':{'messageId':'m','role':'user','parts':[],'taskId':'a','task_id':'secret'}}"
            + " | message.taskId is given twice",
        "{'message':{'messageId':'m','role':'user','parts':[],'taskId':null,'task_id':'secret'}}"
            + " | message.taskId is given twice",
        "{'message':{'messageId':'m','role':'user','parts':[],'extensions':'secret'}}"
            + " | message.extensions must be an array",
        "{'message':{'messageId':'m','role':'user','parts':[],'extensions':[7]}}"
            + " | message.extensions[0] must be a string",
        "{'message':{'messageId':'m','role':'user','parts':[],'metadata':[]}}"
            + " | message.metadata must be an object",
        "{'message':{'messageId':'m','role':'user','parts':[],'referenceTaskIds':[{}]}}"
            + " | message.referenceTaskIds[0] must be a string",
        "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':[]}"
            + " | configuration must be an object",
        "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':{'blocking':'secret'}}"
            + " | configuration.blocking must be true or false",
        "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':"
            + "{'historyLength':1.5}} | configuration.historyLength must be an integer of 32 bits",
        "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':"
            + "{'historyLength':3000000000}}"
            + " | configuration.historyLength must be an integer of 32 bits",
        "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':"
            + "{'pushNotificationConfig':{}}}"
            + " | configuration.pushNotificationConfig.url must be given",
        "{'message':{'messageId':'m','role':'user','parts':[]},'configuration':"
            + "{'pushNotificationConfig':{'url':'u','authentication':{'schemes':'secret'}}}}"
            + " | configuration.pushNotificationConfig.authentication.schemes must be an array"
      })
  void requests(String params, String reason) throws Exception {
    refused(() -> Requests.toCurrent(Operation.SEND_MESSAGE, Json.scanned(params)), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'secret' | must be an object",
        "{'text':'secret'} | .kind must be one of data, file, text",
        "{'kind':'secret'} | .kind must be one of data, file, text",
        "{'kind':7,'text':'a'} | .kind must be one of data, file, text",
        "{'kind':'text'} | .text must be given",
        "{'kind':'text','text':7} | .text must be a string",
        "{'kind':'text','text':'a','data':{}} | must be given exactly one of text, file, data",
        "{'kind':'data','text':'a'} | .data must be given",
        "{'kind':'data','data':[7]} | .data must be an object",
        "{'kind':'data','data':'secret'} | .data must be an object",
        "{'kind':'file','file':'secret'} | .file must be an object",
        "{'kind':'file','file':{}} | .file must be given exactly one of bytes, uri",
        "{'kind':'file','file':{'bytes':'QQ==','uri':'secret'}}"
            + " | .file must be given exactly one of bytes, uri",
        "{'kind':'file','file':{'uri':'u','mimeType':'a/b','mime_type':'secret'}}"
            + " | .file.mimeType is given twice",
        "{'kind':'text','text':'a','metadata':'secret'} | .metadata must be an object"
      })
  void parts(String part, String reason) throws Exception {
    String params =
        "{'message':{'messageId':'m','role':'user','parts':[{'kind':'text','text':'a'},"
            + part
            + "]}}";
    refused(
        () -> Requests.toCurrent(Operation.SEND_MESSAGE, Json.scanned(params)),
        "message.parts[1]" + (reason.startsWith(".") ? "" : " ") + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | kind must be one of artifact-update, message, status-update, task",
        "{'kind':'secret'} | kind must be one of artifact-update, message, status-update, task",
        "{'task':{}} | kind must be one of artifact-update, message, status-update, task",
        "{'kind':'task','status':{'state':'working'}} | id must be given",
        "{'kind':'task','id':'t'} | status must be given",
        "{'kind':'task','id':'t','status':{}} | status.state must be given",
        "{'kind':'task','id':'t','status':{'state':'cancelled'}} | status.state must be one of"
            + " submitted, working, input-required, completed, canceled, failed, rejected,"
            + " auth-required, unknown",
        "{'kind':'task','id':'t','status':{'state':'working','timestamp':'secret'}}"
            + " | status.timestamp must be a time as ISO 8601 writes it",
        "{'kind':'status-update','status':{'state':'working'}} | taskId must be given",
        "{'kind':'status-update','taskId':'t'} | status must be given",
        "{'kind':'status-update','taskId':'t','status':{'state':'working'},'final':'secret'}"
            + " | final must be true or false",
        "{'kind':'artifact-update','taskId':'t'} | artifact must be given",
        "{'kind':'artifact-update','taskId':'t','task_id':'secret','artifact':"
            + "{'artifactId':'a','parts':[]}} | taskId is given twice",
        "{'kind':'artifact-update','taskId':'t','artifact':{'artifactId':'a'}}"
            + " | artifact.parts must be given",
        "{'kind':'artifact-update','taskId':'t','artifact':{'artifactId':'a','parts':[]},"
            + "'append':1} | append must be true or false"
      })
  void events(String event, String reason) throws Exception {
    refused(() -> Event.toCurrent(Json.scanned(event)), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET_TASK | {} | id must be given",
        "GET_TASK | {'id':7} | id must be a string",
        "GET_TASK | {'id':'t','historyLength':1,'history_length':2} | historyLength is given twice",
        "CANCEL_TASK | {'id':null} | id must be given",
        "CANCEL_TASK | {'id':'t','metadata':[]} | metadata must be an object",
        "SUBSCRIBE_TO_TASK | {'task_id':'t'} | id must be given"
      })
  void tasks(Operation operation, String params, String reason) throws Exception {
    refused(() -> Requests.toCurrent(operation, Json.scanned(params)), reason);
  }

  @Test
  void aMemberThatStandsThereTwice() {
    assertThatThrownBy(() -> Json.scanned("{'id':'a','id':'b'}")).isInstanceOf(MalformedJson.class);
  }

  @Test
  void aRoleThatIsNotSaidHasNoWord() throws Exception {
    refused(
        () ->
            Requests.toOld(
                Operation.SEND_MESSAGE,
                Json.tree("{'message':{'messageId':'m','role':'ROLE_UNSPECIFIED','parts':[]}}")),
        "message.role must be one of ROLE_USER, ROLE_AGENT");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Misshapen.class,
            misshapen -> {
              assertThat(misshapen.reason()).isEqualTo(reason).doesNotContain("secret");
              assertThat(misshapen.isTwice()).isEqualTo(reason.endsWith("twice"));
            });
  }
}
