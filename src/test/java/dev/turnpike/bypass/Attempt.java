package dev.turnpike.bypass;

import dev.turnpike.testkit.RawRequest;
import java.nio.charset.StandardCharsets;

/**
 * One way around.
 *
 * @param guard what it meets
 * @param how in a few words
 * @param bytes that are sent
 */
record Attempt(String guard, String how, byte[] bytes) {
  static Attempt of(String guard, String how, RawRequest request) {
    return new Attempt(guard, how, request.bytes());
  }

  static Attempt raw(String guard, String how, String text) {
    return new Attempt(guard, how, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  String name() {
    return guard + ": " + how;
  }
}
