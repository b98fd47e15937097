package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Hidden;
import dev.turnpike.protocol.mcp.modern.Hidden.Behind;
import dev.turnpike.protocol.mcp.modern.ToUpstream;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.session.Conversation;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What extensions do behind one call of a legacy caller. One object for each call; on the thread of
 * the exchange.
 */
final class Backstage {
  private final Upstream upstream;
  private final ModernSide side;
  private final Caller caller;
  private final Conversation conversation;
  private @Nullable Behind behind;
  private int asked;

  /**
   * @param caller on whose behalf
   */
  Backstage(Upstream upstream, ModernSide side, Caller caller, Conversation conversation) {
    this.caller = caller;
    this.upstream = upstream;
    this.side = side;
    this.conversation = conversation;
  }

  /** The extension that is at work for this call. */
  Optional<Behind> behind() {
    return Optional.ofNullable(behind);
  }

  /** What the extension that knows such a result does first; empty: none knows it. */
  Optional<Hidden.Ask> begun(Told told) throws Refused {
    for (Hidden hidden : side.hidden()) {
      Optional<Behind> begun = hidden.begun(told, upstream.name());
      if (begun.isPresent()) {
        behind = begun.get();
        return Optional.of(begun.get().first());
      }
    }
    return Optional.empty();
  }

  /** There is nothing left to do. */
  void done() {
    behind = null;
  }

  /** The id of the request that was made last. */
  RpcId id() {
    String id = "turnpike-behind-" + asked;
    return new RpcId.Text(id, JsonText.quote(id));
  }

  Outgoing request(Hidden.Ask ask) {
    asked++;
    List<Field> fields = new ArrayList<>(ToUpstream.standing(ask.method()));
    fields.add(ToUpstream.name(ask.named()));
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":%s,\"params\":{%s,\"_meta\":{%s}}}"
            .formatted(
                id().lexeme(),
                JsonText.quote(ask.method()),
                ask.members(),
                Stamp.identity(conversation, side.capabilities(conversation)));
    return new Outgoing("POST", fields, Payload.of(body), ask.repeatable());
  }

  /** Nobody wants the result any more: where there is none yet, the upstream is told so. */
  void leave() {
    Behind left = behind;
    behind = null;
    if (left != null) {
      upstream
          .send(request(left.farewell()), caller)
          .answered()
          .thenAccept(Answered::finish)
          .exceptionally(_ -> null);
    }
  }
}
