package dev.turnpike.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The script, sent by its hash, and whole where the server does not have it. Thread-safe. */
final class Script {
  private final Redis redis;
  private final String text;
  private final String hash;

  Script(Redis redis, String text) {
    this.redis = redis;
    this.text = text;
    this.hash = sha1(text);
  }

  /** As it is shipped. */
  static Script shipped(Redis redis) {
    return new Script(redis, read());
  }

  Future<Response> run(Words words) {
    return redis
        .send(request(Command.EVALSHA, hash, words))
        .recover(failure -> {
          String message = failure.getMessage();
          return message != null && message.startsWith("NOSCRIPT")
              ? redis.send(request(Command.EVAL, text, words))
              : Future.failedFuture(failure);
        })
        .map(Objects::requireNonNull);
  }

  private static Request request(Command command, String script, Words words) {
    Request request = Request.cmd(command).arg(script).arg(words.names().size());
    words.names().forEach(request::arg);
    words.arguments().forEach(request::arg);
    return request;
  }

  static String read() {
    try (InputStream script = Script.class.getResourceAsStream("/store/counters.lua")) {
      if (script == null) {
        throw new IllegalStateException("store/counters.lua is not packaged");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
