package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Statuses;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The upstream's answer to {@code initialize}, always passed on as one JSON body. */
final class OpeningAnswer implements Answering {
  private static final int MAX_SESSION_ID = 1024;

  private final RpcId id;
  private final Endpoint endpoint;
  private final Predicate<String> served;
  private final Caller caller;
  private final Sessions sessions;
  private final Upstream upstream;
  private final Natures natures;
  private final Reply reply;
  private Optional<String> upstreamSession = Optional.empty();
  private int status;

  /**
   * @param served whether a revision is served to the caller, asked when the answer is there
   */
  OpeningAnswer(
      RpcId id,
      Endpoint endpoint,
      Predicate<String> served,
      Caller caller,
      Sessions sessions,
      Upstream upstream,
      Natures natures,
      Reply reply) {
    this.id = id;
    this.endpoint = endpoint;
    this.served = served;
    this.caller = caller;
    this.sessions = sessions;
    this.upstream = upstream;
    this.natures = natures;
    this.reply = reply;
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    upstreamSession = head.headers().first(Words.HEADER_SESSION);
    Statuses.judge(status, endpoint.upstream());
    if (upstreamSession.isPresent() && upstreamSession.get().length() > MAX_SESSION_ID) {
      throw unavailable("gave a session id of more than " + MAX_SESSION_ID + " characters");
    }
    if (status != 200) {
      // whoever does not open a session may have changed its era
      natures.doubt(upstream);
    }
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    Told told = Told.read(json, endpoint.upstream());
    return switch (told.message()) {
      case RpcMessage.Request _, RpcMessage.Notification _ -> false;
      case RpcMessage.Result(RpcId of) -> of.equals(id) && opened(told);
      case RpcMessage.Failure _ -> Errors.pass(told, id, reply);
    };
  }

  private boolean opened(Told told) throws Refused {
    String revision = told.scan().text(Told.VERSION).orElse("");
    boolean known = Revisions.LEGACY_ALL.contains(revision);
    if (known) {
      natures.heard(upstream, revision);
    }
    if (!served.test(revision)) {
      end(known ? revision : Revisions.LATEST_LEGACY);
      throw unavailable("speaks a protocol version that is not served here");
    }
    if (!natures.called().reaches(upstream.spec())
        || !natures.called().calls(revision, upstream.name())) {
      end(revision);
      throw Called.off(upstream.name(), List.of(revision));
    }
    Splice splice = Splice.of(told.scan().payload());
    for (var off : List.of(Told.CAPABILITY_TASKS, Told.CAPABILITY_EXTENSIONS)) {
      if (told.scan().has(off)) {
        splice.removeMember(told.scan(), off);
      }
    }
    Session session =
        sessions.open(caller, endpoint.name(), revision, upstream.address(), upstreamSession);
    reply.header("Mcp-Session-Id", session.id());
    reply.answer(200, Words.JSON, splice.apply());
    return true;
  }

  private void end(String revision) {
    if (upstreamSession.isPresent()) {
      upstream
          .send(new Link(upstreamSession, revision).end())
          .answered()
          .thenAccept(Answered::finish);
    }
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {}

  @Override
  public boolean ended() throws Refused {
    throw unavailable(
        status == 200 ? "ended its answer without a result" : "answered with status " + status);
  }

  @Override
  public void cut(Refusal reason) {}

  @Override
  public boolean full() {
    return false;
  }

  @Override
  public void onDrain(Runnable action) {
    action.run();
  }

  /**
   * A session that the upstream has opened is ours to end, also where the caller did not wait for
   * it.
   */
  @Override
  public boolean outlivesCaller() {
    return true;
  }

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(endpoint.upstream(), reason));
  }
}
