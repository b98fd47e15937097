package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out whether an upstream of the modern era opens legacy sessions too. A session that it
 * opened for the question is ended.
 */
public final class LegacyProbe {
  private LegacyProbe() {}

  /**
   * Asks, in the newest revision that the upstream is called in. Completes with the revision that
   * it agreed to, which need not be one of those; empty where it opens no session. Fails where the
   * upstream could not be asked.
   */
  public static CompletableFuture<Optional<String>> ask(Upstream upstream, Called called) {
    List<String> there = called.legacy(upstream.name());
    if (there.isEmpty()) {
      return CompletableFuture.failedFuture(Called.off(upstream.name(), Revisions.LEGACY_ALL));
    }
    return Inquiry.send(upstream, Link.open(Link.initialize(there.getFirst(), "{}")))
        .thenApply(reply -> {
          Optional<String> agreed =
              reply.status() == 200
                  ? reply.body().flatMap(body -> agreed(body, upstream))
                  : Optional.empty();
          Optional<String> opened = reply.headers().first(Words.HEADER_SESSION);
          if (agreed.isPresent() && opened.isPresent()) {
            upstream
                .send(new Link(opened, agreed.get()).end())
                .answered()
                .thenAccept(Answered::finish);
          }
          return agreed;
        });
  }

  private static Optional<String> agreed(Payload body, Upstream upstream) {
    try {
      Told told = Told.read(body, upstream.name());
      return told.scan().text(Told.VERSION).filter(Revisions.LEGACY_ALL::contains);
    } catch (Refused _) {
      return Optional.empty();
    }
  }
}
