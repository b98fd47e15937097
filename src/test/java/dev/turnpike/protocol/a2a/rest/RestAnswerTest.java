package dev.turnpike.protocol.a2a.rest;

import static dev.turnpike.protocol.a2a.Json.asIs;
import static dev.turnpike.protocol.a2a.Json.scanned;
import static dev.turnpike.protocol.a2a.Json.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.fault.Failure;
import dev.turnpike.protocol.a2a.fault.Fault;
import dev.turnpike.protocol.a2a.fault.Fault.Table;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What agents answer with, and how errors are told from each other. */
class RestAnswerTest {
  @ParameterizedTest
  @CsvSource({
    "TASK_NOT_FOUND, -32001, NOT_FOUND, 404, 404",
    "TASK_NOT_CANCELABLE, -32002, FAILED_PRECONDITION, 409, 400",
    "PUSH_NOTIFICATION_NOT_SUPPORTED, -32003, FAILED_PRECONDITION, 400, 400",
    "UNSUPPORTED_OPERATION, -32004, FAILED_PRECONDITION, 400, 400",
    "CONTENT_TYPE_NOT_SUPPORTED, -32005, INVALID_ARGUMENT, 415, 400",
    "INVALID_AGENT_RESPONSE, -32006, INTERNAL, 502, 500",
    "EXTENDED_AGENT_CARD_NOT_CONFIGURED, -32007, FAILED_PRECONDITION, 400, 400",
    "EXTENSION_SUPPORT_REQUIRED, -32008, FAILED_PRECONDITION, 400, 400",
    "VERSION_NOT_SUPPORTED, -32009, FAILED_PRECONDITION, 400, 400",
    "INVALID_PARAMS, -32602, INVALID_ARGUMENT, 400, 400",
    "INTERNAL_ERROR, -32603, INTERNAL, 500, 500"
  })
  void table(Fault fault, int code, String status, int first, int patched) {
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.status()).isEqualTo(status);
    assertThat(fault.httpStatus(Table.V1_0_0)).isEqualTo(first);
    assertThat(fault.httpStatus(Table.V1_0_1)).isEqualTo(patched);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyErrorComesBackAsItself(Fault fault) throws Exception {
    for (Table table : Table.values()) {
      RestAnswer.Refusing refusing =
          RestAnswer.refusing(new Failure(fault.code(), "why", List.of()), table);
      assertThat(refusing.status()).isEqualTo(fault.httpStatus(table));
      Failure failure = RestAnswer.failure(asIs(refusing.body())).orElseThrow();
      assertThat(failure.fault()).contains(fault);
      assertThat(failure.message()).isEqualTo("why");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'error':{'code':400,'status':'NOT_FOUND','message':'m','details':[{'@type':"
            + "'type.googleapis.com/google.rpc.ErrorInfo','reason':'TASK_NOT_CANCELABLE',"
            + "'domain':'a2a-protocol.org'}]}} | -32002",
        "{'error':{'code':404,'message':'m','details':[{'@type':"
            + "'type.googleapis.com/google.rpc.ErrorInfo','reason':'TASK_NOT_FOUND',"
            + "'domain':'elsewhere'}]}} | -32603",
        "{'error':{'code':404,'status':'NOT_FOUND','message':'m'}} | -32603",
        "{'error':{'code':404,'status':'NOT_FOUND','message':'m','details':'x'}} | -32603",
        "{'error':{'code':-32001,'message':'m'}} | -32001",
        "{'code':-32001,'message':'m'} | -32001",
        "{'code':-32042,'message':'m'} | -32042"
      })
  void errorsAreToldByReasonOrCode(String body, long code) throws Exception {
    assertThat(RestAnswer.failure(scanned(body)).orElseThrow().code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]",
        "{}",
        "'x'",
        "{'error':'x'}",
        "{'error':{'code':404}}",
        "{'code':'x','message':'m'}"
      })
  void whatIsNoErrorIsNone(String body) throws Exception {
    assertThat(RestAnswer.failure(scanned(body))).isEmpty();
  }

  @Test
  void aStatusOfOursIsKept() throws Exception {
    RestAnswer.Refusing refusing =
        RestAnswer.refusing(new Failure(-32000, "slow down", List.of()), 429);
    assertThat(refusing.status()).isEqualTo(429);
    assertThat(tree(refusing.body()))
        .isEqualTo(
            tree(
                "{'error':{'code':429,'status':'RESOURCE_EXHAUSTED','message':'slow down',"
                    + "'details':[]}}"));
  }

  @Test
  void resultsAndEventsStandBare() throws Exception {
    String task = "{'id':'t','status':{'state':'TASK_STATE_WORKING'}}";
    assertThat(RestAnswer.result(Operation.GET_TASK, scanned(task))).isEqualTo(tree(task));
    String sent = "{'task':" + task + "}";
    assertThat(RestAnswer.result(Operation.SEND_MESSAGE, scanned(sent))).isEqualTo(tree(sent));
    assertThat(RestAnswer.event(scanned(sent))).isEqualTo(tree(sent));
    assertThatThrownBy(() -> RestAnswer.event(scanned(task))).isInstanceOf(Misshapen.class);
  }
}
