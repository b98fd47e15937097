package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.ServerCapabilities;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.protocol.mcp.modern.OwnRequest;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Asks an upstream of either era for everything that it offers, page by page. */
record Inventory(Natures natures, Pool pool, Tools tools, Gathering.Shown down) {
  // a server of the older era does not say how long its lists hold
  private static final Duration LEGACY_HOLDS = Duration.ofSeconds(10);

  /**
   * Asks. Fails with {@link Refused} where the upstream cannot be asked, or does not answer as it
   * should.
   *
   * @param profile the capabilities of the callers that it is for, as JSON
   */
  CompletableFuture<Offer> of(Upstream upstream, String profile) {
    return natures
        .of(upstream)
        .thenCompose(nature ->
            nature == Nature.LEGACY ? legacy(upstream, profile) : modern(upstream, profile))
        .handle((offer, failure) -> {
          if (offer == null) {
            // who does not say what it has may have come to speak another era
            natures.doubt(upstream);
            Throwable cause = failure.getCause() instanceof Refused refused ? refused : failure;
            return CompletableFuture.<Offer>failedFuture(
                cause instanceof Refused
                    ? cause
                    : new Refused(upstream.failure(failure).refusal(upstream.name())));
          }
          return CompletableFuture.completedFuture(offer);
        })
        .thenCompose(asked -> asked);
  }

  private CompletableFuture<Offer> modern(Upstream upstream, String profile) {
    return OwnRequest.ask(upstream, "server/discover", "", profile)
        .thenCompose(reply -> {
          try {
            Told told = result(upstream, reply);
            Gathering gathering =
                new Gathering(upstream, tools, down, ServerCapabilities.bridged(told));
            gathering.described(told);
            return lists(
                gathering, (method, params) -> OwnRequest.ask(upstream, method, params, profile));
          } catch (Refused refused) {
            return CompletableFuture.failedFuture(refused);
          }
        });
  }

  private CompletableFuture<Offer> legacy(Upstream upstream, String profile) {
    PooledSession[] first = new PooledSession[1];
    return legacy(upstream, profile, first)
        .exceptionallyCompose(failure -> {
          if (first[0] == null) {
            return CompletableFuture.failedFuture(failure);
          }
          // a server that was started anew has forgotten the session: once more, in another
          pool.lost(first[0]);
          return legacy(upstream, profile, new PooledSession[1]);
        });
  }

  private CompletableFuture<Offer> legacy(Upstream upstream, String profile, PooledSession[] used) {
    return pool.session(upstream, Caller.ANONYMOUS, profile, Pool.INVENTORY)
        .thenCompose(session -> {
          used[0] = session;
          Gathering gathering =
              new Gathering(upstream, tools, (_, _, tool) -> tool, session.capabilities());
          gathering.described(session.instructions(), LEGACY_HOLDS);
          return lists(gathering, (method, params) -> inSession(upstream, session, method, params));
        });
  }

  private CompletableFuture<Inquiry.Reply> inSession(
      Upstream upstream, PooledSession session, String method, String params) {
    String members = params.isEmpty() ? "" : params.substring(0, params.length() - 1);
    Payload body =
        Payload.of(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + session.nextId().lexeme()
                + ",\"method\":"
                + JsonText.quote(method)
                + ",\"params\":{"
                + members
                + "}}");
    return Inquiry.send(upstream, session.link().post(body, true))
        .thenApply(reply -> {
          if (reply.status() == 404) {
            pool.lost(session);
          }
          return reply;
        });
  }

  private static CompletableFuture<Offer> lists(
      Gathering gathering, BiFunction<String, String, CompletableFuture<Inquiry.Reply>> asking) {
    CompletableFuture<?> all = CompletableFuture.completedFuture(null);
    for (ListKind kind : ListKind.values()) {
      if (gathering.has(kind)) {
        all = all.thenCompose(_ -> pages(gathering, kind, "", asking));
      }
    }
    return all.thenApply(_ -> gathering.offer());
  }

  private static CompletableFuture<?> pages(
      Gathering gathering,
      ListKind kind,
      String params,
      BiFunction<String, String, CompletableFuture<Inquiry.Reply>> asking) {
    return asking
        .apply(kind.method().name(), params)
        .thenCompose(reply -> {
          if (unknown(gathering.upstream(), reply)) {
            // many that have resources have no templates, and say so by an error
            gathering.without(kind);
            return CompletableFuture.completedFuture(null);
          }
          try {
            return gathering
                .take(kind, result(gathering.upstream(), reply))
                .<CompletableFuture<?>>map(cursor ->
                    pages(gathering, kind, "\"cursor\":" + JsonText.quote(cursor) + ",", asking))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
          } catch (Refused refused) {
            return CompletableFuture.failedFuture(refused);
          }
        });
  }

  private static boolean unknown(Upstream upstream, Inquiry.Reply reply) {
    try {
      return reply.body().isPresent()
          && Told.read(reply.body().get(), upstream.name()).message()
              instanceof RpcMessage.Failure(_, var code)
          && code.filter(said -> said == McpErrors.METHOD_NOT_FOUND).isPresent();
    } catch (Refused _) {
      return false;
    }
  }

  private static Told result(Upstream upstream, Inquiry.Reply reply) throws Refused {
    if (reply.body().isPresent()) {
      Told told = Told.read(reply.body().get(), upstream.name());
      if (told.message() instanceof RpcMessage.Result
          && told.scan().type(Told.RESULT) == JsonType.OBJECT) {
        return told;
      }
    }
    throw new Refused(
        new Refusal.UpstreamUnavailable(
            upstream.name(), "did not say what it offers (status " + reply.status() + ")"));
  }
}
