package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;

/**
 * What 2024-11-05 has no word for, told as text: audio, and links to resources. Its clients check
 * the kinds of content, and would drop the whole answer.
 */
final class Downgrade {
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted ANSWER = new Wanted();
  private static final Member CONTENT = ANSWER.member("result", "content");
  private static final Member MESSAGES = ANSWER.member("result", "messages");
  private static final Wanted MESSAGE = new Wanted();
  private static final Member MESSAGE_CONTENT = MESSAGE.member("content");
  private static final Wanted PART = new Wanted();
  private static final Member TYPE = PART.member("type");
  private static final Member NAME = PART.member("name");
  private static final Member URI = PART.member("uri");
  private static final Member MIME = PART.member("mimeType");

  private Downgrade() {}

  /** The message as 2024-11-05 can say it; unchanged where it can. */
  static Payload of(Payload message) {
    try {
      Scan scan = JsonScanner.scan(message, ANSWER, LIMITS, Strictness.UPSTREAM);
      Splice splice = Splice.of(message);
      if (scan.type(CONTENT) == JsonType.ARRAY) {
        for (Scan part : JsonScanner.elements(scan.part(CONTENT), PART)) {
          told(part, message, splice);
        }
      }
      if (scan.type(MESSAGES) == JsonType.ARRAY) {
        for (Scan one : JsonScanner.elements(scan.part(MESSAGES), MESSAGE)) {
          if (one.type(MESSAGE_CONTENT) == JsonType.OBJECT) {
            told(
                JsonScanner.scan(one.part(MESSAGE_CONTENT), PART, LIMITS, Strictness.UPSTREAM),
                message,
                splice);
          }
        }
      }
      return splice.apply();
    } catch (MalformedJson impossible) {
      return message;
    }
  }

  private static void told(Scan part, Payload message, Splice splice) {
    switch (part.text(TYPE).orElse("")) {
      case "audio" ->
          text(part, message, splice, "[audio, " + part.text(MIME).orElse("of no type") + "]");
      case "resource_link" ->
          text(
              part,
              message,
              splice,
              part.text(NAME).map(name -> name + ": ").orElse("") + part.text(URI).orElse(""));
      default -> {}
    }
  }

  private static void text(Scan part, Payload message, Splice splice, String text) {
    splice.replace(
        part.spanIn(message), "{\"type\":\"text\",\"text\":" + JsonText.quote(text) + "}");
  }
}
