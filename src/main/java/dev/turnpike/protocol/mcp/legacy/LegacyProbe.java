package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out whether an upstream of the modern era opens legacy sessions too. A session that it
 * opened for the question is ended.
 */
public final class LegacyProbe {
  private LegacyProbe() {}

  /** Asks. Fails where the upstream could not be asked. */
  public static CompletableFuture<Boolean> ask(Upstream upstream) {
    return Inquiry.send(upstream, Link.open(Link.initialize(Revisions.LATEST_LEGACY, "{}")))
        .thenApply(reply -> {
          boolean opened =
              reply.status() == 200 && reply.body().filter(b -> opens(b, upstream)).isPresent();
          if (opened) {
            reply
                .headers()
                .first(Words.HEADER_SESSION)
                .ifPresent(id ->
                    upstream
                        .send(new Link(Optional.of(id), Revisions.LATEST_LEGACY).end())
                        .answered()
                        .thenAccept(Answered::finish));
          }
          return opened;
        });
  }

  private static boolean opens(Payload body, Upstream upstream) {
    try {
      Told told = Told.read(body, upstream.name());
      return told.scan().text(Told.VERSION).filter(Revisions.LEGACY_ALL::contains).isPresent();
    } catch (Refused _) {
      return false;
    }
  }
}
