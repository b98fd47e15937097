package dev.turnpike.identify;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Challenge;
import java.util.List;
import java.util.Optional;

/**
 * Who issues tokens, and what a token for here looks like.
 *
 * @param tokens verifies them
 * @param servers that a client gets them from
 * @param publicUrl base of all that is served here, without a slash at its end
 * @param audiences that a token may name besides what it is sent to
 * @param perEndpoint whether it must name the endpoint that it is sent to
 * @param claims where claims are that are not standard
 */
public record Issuer(
    Tokens tokens,
    List<String> servers,
    String publicUrl,
    List<String> audiences,
    boolean perEndpoint,
    ClaimPaths claims) {
  /** Where the metadata of a resource is: before the path of the resource (RFC 9728, section 3). */
  public static final String METADATA = "/.well-known/oauth-protected-resource";

  /** How proofs of a key may be signed (RFC 9449). */
  public static final List<String> PROOFS = DpopProofs.ALGORITHMS;

  /** Paths of claims, with {@code /} between the names. */
  public record ClaimPaths(String tenant, String groups) {
    public static final ClaimPaths DEFAULT = new ClaimPaths("tenant", "groups");
  }

  public Issuer {
    servers = List.copyOf(servers);
    audiences = List.copyOf(audiences);
  }

  /** What the endpoint is called in tokens. */
  public String resource(Endpoint endpoint) {
    return publicUrl + endpoint.path();
  }

  public String metadataUrl(Endpoint endpoint) {
    return publicUrl + METADATA + endpoint.path();
  }

  /** Whether there is somebody to get tokens from; keys of a file are given out by hand. */
  public boolean issues() {
    return !servers.isEmpty();
  }

  /** What a caller of the endpoint is told whose token is not enough, or missing. */
  Challenge challenge(Endpoint endpoint, Optional<Challenge.Error> error) {
    if (!issues()) {
      return new Challenge(error, List.of(), Optional.empty());
    }
    return new Challenge(error, endpoint.scopes(), Optional.of(metadataUrl(endpoint)));
  }

  /** Whether a token for one of these is good at the endpoint. */
  boolean isFor(List<String> named, Endpoint endpoint) {
    if (perEndpoint) {
      return named.contains(resource(endpoint));
    }
    for (String audience : named) {
      if (audience.equals(publicUrl)
          || audiences.contains(audience)
          || audience.equals(resource(endpoint))) {
        return true;
      }
    }
    return false;
  }
}
