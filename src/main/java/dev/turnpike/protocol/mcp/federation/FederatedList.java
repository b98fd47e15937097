package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A list of everything that the upstreams of an endpoint have together. */
final class FederatedList extends AtFront {
  private final ListKind kind;
  private final Caller caller;
  private int from;

  FederatedList(
      Asked asked,
      Call call,
      Era era,
      ListKind kind,
      Caller caller,
      Endpoint endpoint,
      Showing showing) {
    super(asked, call, era, endpoint, showing);
    this.kind = kind;
    this.caller = caller;
  }

  @Override
  public CompletionStage<Upstream> find(Upstreams upstreams) {
    if (!asked().scan().has(Asked.CURSOR)) {
      return super.find(upstreams);
    }
    return resumed()
        ? CompletableFuture.completedFuture(upstreams.named(endpoint().upstream()))
        : CompletableFuture.failedFuture(
            Calls.invalid("cursor is of no list as it is now: begin again without one"));
  }

  private boolean resumed() {
    if (asked().scan().type(Asked.CURSOR) != JsonType.STRING) {
      return false;
    }
    Optional<Cursors.Place> place =
        showing().cursors().place(asked().text(Asked.CURSOR).orElse(""), call(), caller);
    Optional<Merged> state =
        place.flatMap(
            at -> showing().front().earlier(endpoint(), showing().profile(), at.generation()));
    from = place.map(Cursors.Place::offset).orElse(0);
    state.ifPresent(this::shown);
    return state.isPresent();
  }

  @Override
  Course course(Merged merged, Visibility visibility) {
    return new Course.Home(reply -> answer(merged, visibility, reply));
  }

  private void answer(Merged merged, Visibility visibility, Reply reply) {
    Pages.Page page = merged.page(kind, from, showing().pageSize(), era(), visibility);
    StringBuilder behind = new StringBuilder("]");
    if (page.next() >= 0) {
      Cursors.Place next = new Cursors.Place(merged.generation(), page.next());
      String cursor = showing().cursors().of(next, call(), caller);
      behind.append(",\"nextCursor\":").append(JsonText.quote(cursor));
    }
    if (era() == Era.MODERN) {
      boolean open = visibility.uniform() && merged.shared();
      behind
          .append(",\"ttlMs\":")
          .append(merged.holds().toMillis())
          .append(",\"cacheScope\":\"")
          .append(open ? "public" : "private")
          .append('"');
    }
    behind.append("}}");
    String before =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + asked().id().orElseThrow().lexeme()
            + ",\"result\":{"
            + (era() == Era.MODERN ? "\"resultType\":\"complete\"," : "")
            + "\""
            + kind.listing().member()
            + "\":[";
    reply.listing(Words.JSON, Payload.of(before), page.entries(), Payload.of(behind.toString()));
  }
}
