package dev.turnpike.protocol.mcp.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A list of everything that the upstreams of an endpoint have together. */
final class FederatedList extends AtHome {
  private final ListKind kind;
  private final Caller caller;
  private final Endpoint endpoint;
  private final Showing showing;
  private @Nullable Merged shown;
  private int from;

  FederatedList(
      Asked asked,
      Call call,
      Era era,
      ListKind kind,
      Caller caller,
      Endpoint endpoint,
      Showing showing) {
    super(asked, call, era, endpoint.upstream());
    this.kind = kind;
    this.caller = caller;
    this.endpoint = endpoint;
    this.showing = showing;
  }

  @Override
  public CompletionStage<Upstream> find(Upstreams upstreams) {
    Upstream first = upstreams.named(endpoint.upstream());
    if (asked().scan().has(Asked.CURSOR)) {
      return resumed().isPresent()
          ? CompletableFuture.completedFuture(first)
          : CompletableFuture.failedFuture(
              Calls.invalid("cursor is of no list as it is now: begin again without one"));
    }
    return showing
        .front()
        .now(endpoint, upstreams, showing.profile())
        .thenApply(merged -> {
          shown = merged;
          return first;
        });
  }

  private Optional<Merged> resumed() {
    if (asked().scan().type(Asked.CURSOR) != JsonType.STRING) {
      return Optional.empty();
    }
    Optional<Cursors.Place> place =
        showing.cursors().place(asked().text(Asked.CURSOR).orElse(""), call(), caller);
    Optional<Merged> state =
        place.flatMap(at -> showing.front().earlier(endpoint, showing.profile(), at.generation()));
    from = place.map(Cursors.Place::offset).orElse(0);
    shown = state.orElse(null);
    return state;
  }

  @Override
  public Course course(Visibility visibility) {
    Merged merged = shown;
    if (merged == null) {
      throw new IllegalStateException("nothing was found");
    }
    return new Course.Home(reply -> answer(merged, visibility, reply));
  }

  private void answer(Merged merged, Visibility visibility, Reply reply) {
    Pages.Page page = Pages.cut(merged.list(kind), from, showing.pageSize(), era(), visibility);
    ByteArrayOutputStream out = new ByteArrayOutputStream(page.entries().length + 512);
    out.writeBytes(
        ("{\"jsonrpc\":\"2.0\",\"id\":"
                + asked().id().orElseThrow().lexeme()
                + ",\"result\":{"
                + (era() == Era.MODERN ? "\"resultType\":\"complete\"," : "")
                + "\""
                + kind.listing().member()
                + "\":[")
            .getBytes(UTF_8));
    out.writeBytes(page.entries());
    out.write(']');
    if (page.next() >= 0) {
      Cursors.Place next = new Cursors.Place(merged.generation(), page.next());
      String cursor = showing.cursors().of(next, call(), caller);
      out.writeBytes((",\"nextCursor\":" + JsonText.quote(cursor)).getBytes(UTF_8));
    }
    if (era() == Era.MODERN) {
      boolean open = visibility.uniform() && merged.shared();
      out.writeBytes(
          (",\"ttlMs\":"
                  + merged.holds().toMillis()
                  + ",\"cacheScope\":\""
                  + (open ? "public" : "private")
                  + "\"")
              .getBytes(UTF_8));
    }
    out.writeBytes("}}".getBytes(UTF_8));
    reply.answer(200, Words.JSON, Payload.of(out.toByteArray()));
  }
}
