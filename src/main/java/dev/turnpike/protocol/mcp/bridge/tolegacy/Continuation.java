package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.protocol.mcp.legacy.Resume;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Upstream;
import java.util.Map;

/**
 * A call that waits for inputs of its caller: the upstream's answer stands open, and the exchange
 * that began it is over.
 *
 * @param id names it; random
 * @param generation how many rounds there were before: each is answered once
 * @param resume how to come back to the upstream where it has closed the answer meanwhile
 * @param call the upstream's id of the request
 * @param pending what was asked, by the key that the caller knows it by
 * @param given answers of this round that have come already, by key, as JSON
 * @param until when it is given up
 */
record Continuation(
    String id,
    int generation,
    Caller caller,
    Upstream upstream,
    PooledSession session,
    OpenAnswer answer,
    Resume resume,
    RpcId.Text call,
    Map<String, Pending> pending,
    Map<String, String> given,
    long until) {

  /**
   * One question of the upstream.
   *
   * @param question the upstream's id of it
   * @param params as they stand, or an empty object
   */
  record Pending(RpcId question, String method, String params) {
    /** What answers it, with a result as JSON. */
    Payload answered(String result) {
      return Payload.of(
          "{\"jsonrpc\":\"2.0\",\"id\":" + question.lexeme() + ",\"result\":" + result + "}");
    }
  }

  /** The next round of the same call, in which only the rest is to be answered. */
  Continuation next(Map<String, String> answered, long untilNanos) {
    return new Continuation(
        id,
        generation + 1,
        caller,
        upstream,
        session,
        answer,
        resume,
        call,
        pending,
        answered,
        untilNanos);
  }

  /** The caller has not come back: the upstream is told, and its stream closed. */
  void expire() {
    session.release();
    pending.values().forEach(one -> tell(Said.error(one.question(), -32603, "Nobody answered")));
    tell(Said.cancelled(call, "The caller did not come back"));
    answer.cancel();
  }

  /** Puts a message to the upstream that it has no answer to. */
  void tell(Payload message) {
    upstream.send(session.link().post(message, false)).answered().thenAccept(Answered::finish);
  }

  /** Puts an answer to the upstream; where it does not take that, nothing will come of the call. */
  void deliver(Payload message) {
    upstream
        .send(session.link().post(message, false))
        .answered()
        .whenComplete((answered, _) -> {
          if (answered != null) {
            answered.finish();
          }
          if (answered == null || answered.status() >= 400) {
            answer.breakOff("did not take the answer to what it asked");
          }
        });
  }
}
