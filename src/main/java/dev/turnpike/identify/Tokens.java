package dev.turnpike.identify;

import dev.turnpike.exchange.Refused;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    // what an issuer signs too, and nobody may call with
    private static final Set<String> NOT_FOR_ACCESS = Set.of("id", "refresh", "logout", "offline");

    public Vouched {
      claims = Map.copyOf(claims);
    }

    /** Whether it is a token to call with: other tokens of the same issuer are not. */
    public boolean forAccess() {
      return !(claims.get("typ") instanceof String type
          && NOT_FOR_ACCESS.contains(type.toLowerCase(Locale.ROOT)));
    }

    /** The key that its holder has to prove (RFC 9449, section 6.1); empty: none. */
    public Optional<String> boundTo() {
      return switch (claims.get("cnf")) {
        case null -> Optional.empty();
        case Map<?, ?> confirmation when confirmation.get("jkt") instanceof String thumbprint ->
            Optional.of(thumbprint);
        // bound in a way that is not known here: nobody can prove that
        default -> Optional.of("");
      };
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
