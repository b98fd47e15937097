package dev.turnpike.identify;

import dev.turnpike.exchange.Subject;
import dev.turnpike.seal.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bearer keys for users without an issuer: a line for each, with the hash of the key and whom it
 * stands for. Keys are long and random, so a plain hash does; they are not kept anywhere.
 */
public final class BearerKeys {
  /** What a line looks like. */
  public static final String EXPECTED =
      "sha256:<64 hex digits> <subject> [tenant=…] [groups=a,b] [scopes=a,b] [expires=2027-01-31T00:00:00Z]";

  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e&&[^,=]]{1,256}");
  private static final String ISSUER = "keys";
  private static final Duration HELD = Duration.ofMinutes(1);

  /** Whom a key stands for. */
  private record Holder(
      String subject,
      String tenant,
      List<String> groups,
      List<String> scopes,
      @Nullable Instant expires) {}

  private final Map<String, Holder> holders;

  private BearerKeys(Map<String, Holder> holders) {
    this.holders = Map.copyOf(holders);
  }

  /**
   * Reads them; empty lines, and lines that begin with {@code #}, are no keys.
   *
   * @throws IllegalArgumentException names the line that is wrong, and nothing of what it holds
   */
  public static BearerKeys read(List<String> lines) {
    return read(
        lines,
        wrong -> {
          throw new IllegalArgumentException(wrong);
        });
  }

  /**
   * Reads those lines that are keys.
   *
   * @param wrong hears of every other line, by its number, and nothing of what it holds
   */
  public static BearerKeys read(List<String> lines, Consumer<String> wrong) {
    Map<String, Holder> holders = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#") && !add(line, holders)) {
        wrong.accept(
            "line " + (i + 1) + " is no key, or one that was there before; expected " + EXPECTED);
      }
    }
    return new BearerKeys(holders);
  }

  private static boolean add(String line, Map<String, Holder> holders) {
    List<String> words = List.of(line.split("\\s+", -1));
    try {
      return words.size() >= 2
          && HASH.matcher(words.getFirst()).matches()
          && holders.putIfAbsent(words.getFirst(), holder(words)) == null;
    } catch (IllegalArgumentException
        | ArrayIndexOutOfBoundsException
        | DateTimeParseException wrong) {
      return false;
    }
  }

  private static Holder holder(List<String> words) {
    Map<String, String> named = new HashMap<>();
    for (String word : words.subList(2, words.size())) {
      String[] parts = word.split("=", 2);
      if (!List.of("tenant", "groups", "scopes", "expires").contains(parts[0])
          || named.put(parts[0], parts[1]) != null) {
        throw new IllegalArgumentException(word);
      }
    }
    String expires = named.get("expires");
    return new Holder(
        word(words.get(1)),
        named.containsKey("tenant") ? word(named.getOrDefault("tenant", "")) : "",
        list(named.get("groups")),
        list(named.get("scopes")),
        expires == null ? null : Instant.parse(expires));
  }

  private static List<String> list(@Nullable String words) {
    List<String> list = new ArrayList<>();
    if (words != null) {
      for (String one : words.split(",", -1)) {
        list.add(word(one));
      }
    }
    return list;
  }

  private static String word(String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  /** How many there are. */
  public int size() {
    return holders.size();
  }

  /** What stands in the file for a key. */
  public static String hash(String key) {
    return "sha256:" + Sha256.hex(key);
  }

  /**
   * Vouches for those in force, and asks somebody else about whatever is none of them.
   *
   * @param audience that a key is for: all of Turnpike
   */
  public static Tokens before(
      Tokens others,
      Supplier<BearerKeys> keys,
      String audience,
      Issuer.ClaimPaths paths,
      InstantSource wall) {
    return token -> {
      Holder holder = keys.get().holders.get(hash(token));
      if (holder == null) {
        return others.verify(token);
      }
      return vouched(holder, audience, paths, wall.instant());
    };
  }

  private static CompletionStage<Tokens.Vouched> vouched(
      Holder holder, String audience, Issuer.ClaimPaths paths, Instant now) {
    Instant expires = holder.expires();
    if (expires != null && !now.isBefore(expires)) {
      return CompletableFuture.failedFuture(new Tokens.NotVouched("has expired"));
    }
    Map<String, Object> claims = new HashMap<>();
    claims.put("sub", holder.subject());
    claims.put("iss", ISSUER);
    claims.put("aud", audience);
    claims.put("scope", String.join(" ", holder.scopes()));
    put(claims, paths.groups(), holder.groups());
    if (!holder.tenant().isEmpty()) {
      put(claims, paths.tenant(), holder.tenant());
    }
    if (expires != null) {
      claims.put("exp", expires.getEpochSecond());
    }
    // a key that was taken out of the file must not live on in a cache
    Instant until = now.plus(HELD);
    return CompletableFuture.completedFuture(
        new Tokens.Vouched(claims, expires == null || expires.isAfter(until) ? until : expires));
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> claims, String path, Object value) {
    Map<String, Object> there = claims;
    List<String> names = List.of(path.split("/", -1));
    for (String name : names.subList(0, names.size() - 1)) {
      // two paths may begin alike
      there = (Map<String, Object>) there.computeIfAbsent(name, _ -> new HashMap<String, Object>());
    }
    there.put(names.getLast(), value);
  }

  /** Whether somebody like that holds a key. */
  public boolean knows(Subject subject) {
    return holders.values().stream()
        .anyMatch(holder ->
            holder.subject().equals(subject.subject()) && holder.tenant().equals(subject.tenant()));
  }

  /** Whether it is a key that names the subject, and no token. */
  public static boolean vouchFor(Subject subject) {
    return subject.issuer().equals(ISSUER);
  }
}
