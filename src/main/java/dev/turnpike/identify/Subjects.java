package dev.turnpike.identify;

import dev.turnpike.exchange.Subject;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the claims of a token that is vouched for. */
final class Subjects {
  private Subjects() {}

  /** Whom the claims name; empty where they name nobody. */
  static Optional<Subject> of(Map<String, Object> claims, Issuer.ClaimPaths paths) {
    String subject = text(claims.get("sub"));
    String client = client(claims);
    if (subject.isEmpty() && client.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Subject(
            subject.isEmpty() ? client : subject,
            client,
            text(at(claims, paths.tenant())),
            texts(at(claims, paths.groups())),
            scopes(claims),
            claims));
  }

  /** The audiences that the claims name. */
  static List<String> audiences(Map<String, Object> claims) {
    return texts(claims.get("aud"));
  }

  private static String client(Map<String, Object> claims) {
    return Stream.of("client_id", "azp", "appid")
        .map(name -> text(claims.get(name)))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<String> scopes(Map<String, Object> claims) {
    Object said = claims.containsKey("scope") ? claims.get("scope") : claims.get("scp");
    return said instanceof String one
        ? Arrays.stream(one.split(" ")).filter(scope -> !scope.isEmpty()).toList()
        : texts(said);
  }

  private static @Nullable Object at(Map<String, Object> claims, String path) {
    Object there = claims;
    for (String name : path.split("/")) {
      there = there instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return there;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case String one -> List.of(one);
      case Collection<?> several ->
          several.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }
}
