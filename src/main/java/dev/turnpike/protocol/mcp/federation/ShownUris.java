package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an upstream says of resources that are shown under other URIs than it gives them: in what is
 * read, and in links and embedded resources of results and prompts.
 *
 * @param shown by the URI that the upstream gives
 * @param made of those that are in no list
 */
record ShownUris(Map<String, String> shown, Made made) {
  static final ShownUris NONE = new ShownUris(Map.of(), _ -> Optional.empty());

  /** How a URI is shown that only a template makes; empty: as it is. */
  @FunctionalInterface
  interface Made {
    Optional<String> shown(String uri);
  }

  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted MESSAGE = new Wanted();
  private static final Member CONTENTS = MESSAGE.member("result", "contents");
  private static final Member CONTENT = MESSAGE.member("result", "content");
  private static final Member MESSAGES = MESSAGE.member("result", "messages");
  private static final Wanted BLOCK = new Wanted();
  private static final Member BLOCK_URI = BLOCK.member("uri");
  private static final Member BLOCK_RESOURCE = BLOCK.member("resource", "uri");
  private static final Member SPOKEN_URI = BLOCK.member("content", "uri");
  private static final Member SPOKEN_RESOURCE = BLOCK.member("content", "resource", "uri");
  private static final List<Member> PLACES =
      List.of(BLOCK_URI, BLOCK_RESOURCE, SPOKEN_URI, SPOKEN_RESOURCE);

  ShownUris {
    shown = Map.copyOf(shown);
  }

  /** These, and one more. */
  ShownUris with(String there, String here) {
    Map<String, String> more = new HashMap<>(shown);
    more.put(there, here);
    return new ShownUris(more, made);
  }

  boolean isEmpty() {
    return shown.isEmpty() && made == NONE.made;
  }

  /** The message with those URIs as they are shown; the same where it has none of them. */
  Payload in(Payload message) {
    if (isEmpty()) {
      return message;
    }
    try {
      Scan scan = JsonScanner.scan(message, MESSAGE, LIMITS, Strictness.UPSTREAM);
      Splice splice = Splice.of(message);
      for (Member list : List.of(CONTENTS, CONTENT, MESSAGES)) {
        if (scan.type(list) == JsonType.ARRAY) {
          for (Scan block : JsonScanner.elements(scan.part(list), BLOCK)) {
            int zero = block.spanIn(message).start();
            PLACES.forEach(place -> replace(splice, block, place, zero));
          }
        }
      }
      return splice.apply();
    } catch (MalformedJson broken) {
      // whoever reads it says what is wrong with it
      return message;
    }
  }

  private void replace(Splice splice, Scan scan, Member member, int zero) {
    if (scan.type(member) != JsonType.STRING) {
      return;
    }
    String there = scan.text(member).orElse("");
    Optional.ofNullable(shown.get(there))
        .or(() -> made.shown(there))
        .ifPresent(here -> {
          Span at = scan.span(member);
          splice.replace(new Span(zero + at.start(), zero + at.end()), JsonText.quote(here));
        });
  }
}
