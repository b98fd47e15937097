package dev.turnpike.admin;

import dev.turnpike.identify.Tokens;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whom the issuer of tokens calls an administrator, or a viewer to read. A token must name
 * the public URL as its audience.
 */
public final class Roles implements Guard {
  static final String ADMIN = "turnpike-admin";
  static final String VIEWER = "turnpike-viewer";

  private static final String BAD = "Bearer error=\"invalid_token\"";

  private final Tokens tokens;
  private final String publicUrl;
  private final InstantSource wall;

  /**
   * @param publicUrl without a slash at its end
   */
  public Roles(Tokens tokens, String publicUrl, InstantSource wall) {
    this.tokens = tokens;
    this.publicUrl = publicUrl;
    this.wall = wall;
  }

  @Override
  public Future<Entry> check(HttpServerRequest request, Act act) {
    if (!request.headers().contains("Authorization")) {
      return Future.succeededFuture(new Entry.Rebuff(401, BearerToken.WANTED, "Bearer"));
    }
    Optional<String> token = BearerToken.sent(request);
    if (token.isEmpty() || token.get().isEmpty()) {
      return Future.succeededFuture(new Entry.Rebuff(401, BearerToken.WANTED, BAD));
    }
    return Future.fromCompletionStage(tokens.verify(token.get()))
        .map(vouched -> judged(vouched, act))
        .recover(failure -> Future.succeededFuture(unverified(failure)));
  }

  private Entry judged(Tokens.Vouched vouched, Act act) {
    Map<String, Object> claims = vouched.claims();
    if (!wall.instant().isBefore(vouched.expires())
        || !forUs(texts(claims.get("aud")))
        || !vouched.forAccess()
        || vouched.boundTo().isPresent()) {
      return new Entry.Rebuff(401, "The admin API wants a token for " + publicUrl + ".", BAD);
    }
    Set<String> roles = roles(claims);
    boolean enough = roles.contains(ADMIN) || (act == Act.READ && roles.contains(VIEWER));
    if (!enough) {
      String wanted = act == Act.READ ? VIEWER + " or " + ADMIN : ADMIN;
      return new Entry.Rebuff(403, "This takes the role " + wanted + ".", "");
    }
    return new Entry.Admitted(String.valueOf(claims.getOrDefault("sub", "a token without sub")));
  }

  private boolean forUs(Collection<String> audiences) {
    return audiences.contains(publicUrl) || audiences.contains(publicUrl + "/");
  }

  private static Entry unverified(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof Tokens.NotVouched
        ? new Entry.Rebuff(401, "The token is not one that its issuer vouches for.", BAD)
        : new Entry.Rebuff(503, "Tokens cannot be verified now: try again in a moment.", "");
  }

  private static Set<String> roles(Map<String, Object> claims) {
    Set<String> roles = new HashSet<>(texts(claims.get("groups")));
    roles.addAll(texts(claims.get("roles")));
    if (claims.get("realm_access") instanceof Map<?, ?> access) {
      roles.addAll(texts(access.get("roles")));
    }
    return roles;
  }

  private static Collection<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case String one -> List.of(one);
      case Collection<?> several ->
          several.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }
}
