package dev.turnpike.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user or client, as a verified token says. */
public record Subject(
    String subject,
    String client,
    String tenant,
    List<String> groups,
    List<String> scopes,
    Map<String, Object> claims) {
  /**
   * The same whoever, whatever else this token says of them: another token of theirs is another
   * day.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Subject that
        && subject.equals(that.subject)
        && client.equals(that.client)
        && tenant.equals(that.tenant)
        && issuer().equals(that.issuer());
  }

  @Override
  public int hashCode() {
    return Objects.hash(subject, client, tenant, issuer());
  }

  // the last second of the year 9999
  private static final long LATEST = 253_402_300_799L;

  /** When the token is no longer in force; empty where it says nothing of that. */
  public Optional<Instant> expires() {
    return claims.get("exp") instanceof Number seconds
        ? Optional.of(Instant.ofEpochSecond(Math.clamp(seconds.longValue(), 0, LATEST)))
        : Optional.empty();
  }

  /** Who vouches for them; empty where that is not said. */
  public String issuer() {
    return String.valueOf(claims.getOrDefault("iss", ""));
  }

  public Subject {
    groups = List.copyOf(groups);
    scopes = List.copyOf(scopes);
    claims = Map.copyOf(claims);
  }
}
