package dev.turnpike.admin;

import dev.turnpike.seal.Sha256;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Lets in who knows the token of this process, from wherever they come. */
public final class BearerToken implements Guard {
  private static final int SHORTEST = 16;
  private static final int LARGEST_FILE = 4096;
  static final String WANTED = "The admin API wants the token as Authorization: Bearer.";

  private static final String SCHEME = "Bearer ";
  private static final String BASIC = "Basic ";

  private final byte[] digest;

  BearerToken(String token) {
    this.digest = Sha256.of(token);
  }

  /**
   * Reads the token from its file; white space around it is no part of it. Blocks.
   *
   * @throws IllegalArgumentException when it cannot be read, or is too short to be a secret; the
   *     message is for the user and does not tell the token
   */
  public static BearerToken from(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw unusable(file, "holds more than " + LARGEST_FILE + " bytes");
      }
      String token = Files.readString(file).strip();
      if (token.length() < SHORTEST) {
        throw unusable(file, "holds fewer than " + SHORTEST + " characters");
      }
      if (!token.chars().allMatch(unit -> unit > ' ' && unit <= '~')) {
        throw unusable(file, "holds more than one line, or other than printable ASCII");
      }
      return new BearerToken(token);
    } catch (IOException unreadable) {
      throw unusable(file, "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    }
  }

  @Override
  public Future<Entry> check(HttpServerRequest request, Act act) {
    boolean known =
        sent(request).filter(token -> MessageDigest.isEqual(digest, Sha256.of(token))).isPresent();
    return Future.succeededFuture(
        known
            ? new Entry.Admitted("holder of the admin token")
            : new Entry.Rebuff(401, WANTED, "Bearer"));
  }

  /**
   * The token of the only Authorization header; empty where it is another, or there are several.
   */
  static Optional<String> sent(HttpServerRequest request) {
    List<String> sent = request.headers().getAll("Authorization");
    if (sent.size() == 1 && sent.getFirst().regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return password(request, sent.getFirst().substring(BASIC.length()).strip());
    }
    return sent.size() == 1 && sent.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(sent.getFirst().substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  // what a browser sends whose user was asked for the token: for pages alone
  private static Optional<String> password(HttpServerRequest request, String encoded) {
    if (!String.valueOf(request.path()).startsWith("/console/")) {
      return Optional.empty();
    }
    try {
      String both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return Optional.of(both.substring(both.indexOf(':') + 1).strip());
    } catch (IllegalArgumentException undecodable) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException unusable(Path file, String why) {
    return new IllegalArgumentException("turnpike.admin.token-file: " + file + " " + why);
  }
}
