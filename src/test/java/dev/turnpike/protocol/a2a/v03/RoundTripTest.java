package dev.turnpike.protocol.a2a.v03;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.protocol.a2a.Json;
import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.Said;
import dev.turnpike.protocol.a2a.tree.Shapes;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was said in 1.0 comes back from 0.3 as it was. */
class RoundTripTest {
  private static final int ROUNDS = 2000;

  @Test
  void requests() throws Exception {
    Said said = new Said(3);
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> params = said.send();
      Payload old = written(Requests.toOld(Operation.SEND_MESSAGE, params));
      assertThat(Requests.toCurrent(Operation.SEND_MESSAGE, old)).isEqualTo(params);
      assertThat(Shapes.SEND.read(written(params))).isEqualTo(params);
    }
  }

  @Test
  void results() throws Exception {
    Said said = new Said(4);
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> task = said.task();
      Payload old = written(Results.toOld(Operation.GET_TASK, task));
      assertThat(Results.toCurrent(Operation.GET_TASK, old)).isEqualTo(task);
    }
  }

  @Test
  void events() throws Exception {
    Said said = new Said(5);
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> event = said.event();
      assertThat(Event.toCurrent(written(Event.toOld(event, false))).value()).isEqualTo(event);
      assertThat(Shapes.EVENT.read(written(event))).isEqualTo(event);
    }
  }

  private static Payload written(Map<String, Object> tree) throws Exception {
    return Json.asIs(JsonValue.write(tree));
  }
}
