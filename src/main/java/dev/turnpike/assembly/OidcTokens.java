package dev.turnpike.assembly;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.identify.Tokens;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.oidc.TokenIntrospection;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has tokens verified by the issuers that Quarkus is configured for. */
@ApplicationScoped
class OidcTokens implements Tokens {
  // the last second of the year 9999
  private static final long LATEST = 253_402_300_799L;
  private static final Logger LOG = Logger.getLogger("turnpike.identity");

  private final Vertx vertx;
  private final OidcIssuers issuers;

  OidcTokens(Vertx vertx, OidcIssuers issuers) {
    this.vertx = vertx;
    this.issuers = issuers;
  }

  /** Those of the issuer that is for administrators alone; empty where there is none. */
  Optional<Tokens> ofAdministrators() {
    return issuers.admin().map(issuer -> token -> verifiedBy(issuer, token));
  }

  @Override
  public CompletionStage<Vouched> verify(String token) {
    return verifiedBy(issuers.of(token), token);
  }

  private CompletionStage<Vouched> verifiedBy(TenantIdentityProvider issuer, String token) {
    Context loop = vertx.getOrCreateContext();
    CompletableFuture<Vouched> verified = new CompletableFuture<>();
    issuer
        .authenticate(new AccessTokenCredential(token))
        .subscribe()
        .with(
            identity ->
                loop.runOnContext(_ -> {
                  try {
                    done(identity, verified);
                  } catch (RuntimeException odd) {
                    verified.completeExceptionally(new NotVouched("has claims that make no sense"));
                  }
                }),
            failure -> loop.runOnContext(_ -> verified.completeExceptionally(told(failure))));
    return verified;
  }

  private static void done(SecurityIdentity identity, CompletableFuture<Vouched> verified) {
    Map<String, Object> claims = claims(identity);
    Instant expires = expires(claims.get("exp"));
    if (expires == null) {
      verified.completeExceptionally(new NotVouched("has no time of expiry"));
    } else {
      verified.complete(new Vouched(claims, expires));
    }
  }

  private static Map<String, Object> claims(SecurityIdentity identity) {
    Map<String, Object> claims = new HashMap<>();
    if (identity.getPrincipal() instanceof JsonWebToken jwt) {
      for (String name : jwt.getClaimNames()) {
        Object value = plain(jwt.getClaim(name));
        // the token itself is among them
        if (value != null && !name.equals("raw_token")) {
          claims.put(name, value);
        }
      }
    } else if (identity.getAttribute("introspection") instanceof TokenIntrospection told) {
      told.getJsonObject()
          .forEach((name, value) -> {
            Object plain = plain(value);
            if (plain != null) {
              claims.put(name, plain);
            }
          });
    }
    return claims;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof JsonValue json ? PlainJson.of(json) : value;
  }

  private static @Nullable Instant expires(@Nullable Object exp) {
    return exp instanceof Number seconds
        ? Instant.ofEpochSecond(Math.min(seconds.longValue(), LATEST))
        : null;
  }

  // whoever cannot verify a token now says neither yes nor no to it
  private static Throwable told(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OIDCException || cause instanceof java.io.IOException) {
        LOG.warnf("the issuer of tokens cannot be asked: %s", cause.getMessage());
        return new Refused(
            new Refusal.Overloaded("Tokens cannot be verified now: their issuer does not answer"));
      }
    }
    return failure instanceof AuthenticationFailedException
        ? new NotVouched("is not vouched for")
        : failure;
  }
}
