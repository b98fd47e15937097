package dev.turnpike.identify;

import dev.turnpike.exchange.Refused;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Verifies access tokens: signature or introspection, issuer, and that they are in force. */
@FunctionalInterface
public interface Tokens {
  /**
   * What an issuer vouches for.
   *
   * @param claims as the token, or its introspection, says them
   * @param expires after which it vouches for nothing
   */
  record Vouched(Map<String, Object> claims, Instant expires) {
    public Vouched {
      claims = Map.copyOf(claims);
    }
  }

  /** The token is none that an issuer vouches for. */
  final class NotVouched extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param reason for the log; it says nothing of the token
     */
    public NotVouched(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Called on the event loop of the exchange, and completes there. Fails with {@link NotVouched},
   * or with {@link Refused} where it cannot be found out now.
   */
  CompletionStage<Vouched> verify(String token);
}
