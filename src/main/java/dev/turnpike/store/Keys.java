package dev.turnpike.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.budget.SharedStore.Counter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Names of keys. The values that counters count by are hashed: they may name people. */
record Keys(String replica) {
  // one tag: a script may touch all of them
  private static final String PREFIX = "{turnpike}:";

  String replicas() {
    return PREFIX + "replicas";
  }

  String open() {
    return PREFIX + "open:" + replica;
  }

  static String counter(Counter counter) {
    return PREFIX
        + "budget:"
        + Windows.kind(counter.window())
        + ':'
        + counter.name()
        + ':'
        + Windows.micros(counter.window())
        + ':'
        + hashed(counter.key());
  }

  private static String hashed(String value) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
