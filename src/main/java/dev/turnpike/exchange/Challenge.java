package dev.turnpike.exchange;

import java.util.List;
import java.util.Optional;

/**
 * What somebody is told who has no token, or one that is not enough (RFC 6750, section 3; RFC 9728,
 * section 5.1).
 *
 * @param error why the token that was sent is not enough; empty where none was
 * @param scopes that would be enough
 * @param metadata where it says who issues tokens; empty where nobody does
 */
public record Challenge(Optional<Error> error, List<String> scopes, Optional<String> metadata) {
  /** Where no token would help. */
  public static final Challenge PLAIN =
      new Challenge(Optional.empty(), List.of(), Optional.empty());

  /** Why a token is not enough. */
  public enum Error {
    INVALID_TOKEN("invalid_token"),
    INSUFFICIENT_SCOPE("insufficient_scope");

    private final String word;

    Error(String word) {
      this.word = word;
    }
  }

  public Challenge {
    scopes = List.copyOf(scopes);
  }

  /** The value of {@code WWW-Authenticate}. */
  public String header() {
    StringBuilder header = new StringBuilder("Bearer");
    error.ifPresent(known -> add(header, "error", known.word));
    metadata.ifPresent(url -> add(header, "resource_metadata", url));
    if (!scopes.isEmpty()) {
      add(header, "scope", String.join(" ", scopes));
    }
    return header.toString();
  }

  private static void add(StringBuilder header, String name, String value) {
    header.append(header.length() == "Bearer".length() ? " " : ", ");
    header.append(name).append("=\"").append(value).append('"');
  }
}
