package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Call;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.tokens.Piece;
import dev.turnpike.tokens.Reported;
import dev.turnpike.tokens.Scales;
import dev.turnpike.tokens.Weight;
import dev.turnpike.tokens.Weight.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What of an MCP message goes into a model's context. Of a tool that gives its result as text and
 * as structured content, which say the same, the larger; an image is 1,000 tokens, a sound one for
 * each 512 bytes of it; an embedded file one for each 1.4 bytes of its base64.
 */
public final class McpScales implements Scales {
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted WANTED = new Wanted();
  private static final Member RESULT = WANTED.member("result");
  private static final Member CONTENT = WANTED.member("result", "content");
  private static final Member STRUCTURED = WANTED.member("result", "structuredContent");
  private static final Member CONTENTS = WANTED.member("result", "contents");
  private static final Member MESSAGES = WANTED.member("result", "messages");
  private static final Member VALUES = WANTED.member("result", "completion", "values");
  private static final Member INPUTS = WANTED.member("result", "inputRequests");
  private static final UsageMembers USAGE = new UsageMembers(WANTED, "result", "_meta");

  private static final Wanted PART = new Wanted();
  private static final Member TYPE = PART.member("type");
  private static final Member TEXT = PART.member("text");
  private static final Member BLOB = PART.member("blob");
  private static final Member DATA = PART.member("data");
  private static final Member RESOURCE = PART.member("resource");
  private static final Member WITHIN = PART.member("content");

  @Override
  public Weight weigh(Call call, Payload message) {
    return switch (call.verb()) {
      case DISCOVER -> listed(message);
      case INVOKE, READ -> answered(message);
      case SUBSCRIBE, CONTROL -> Weight.NONE;
    };
  }

  // a list may be long, and nothing of it but its frame is not definitions
  private static Weight listed(Payload message) {
    int head = Math.min(message.size(), 256);
    return message.slice(0, head).text().contains("\"result\"")
        ? new Weight(Kind.DEFINITIONS, List.of(Piece.json(message)), 0, Reported.NOTHING)
        : Weight.NONE;
  }

  private static Weight answered(Payload message) {
    try {
      Scan scan = JsonScanner.scan(message, WANTED, LIMITS, Strictness.UPSTREAM);
      if (scan.type(RESULT) != JsonType.OBJECT || scan.has(INPUTS)) {
        return Weight.NONE;
      }
      Found found = new Found();
      parts(scan, CONTENT, found);
      if (scan.has(STRUCTURED)) {
        found.orRather(scan.part(STRUCTURED));
      }
      parts(scan, CONTENTS, found);
      parts(scan, MESSAGES, found);
      if (scan.has(VALUES)) {
        found.pieces.add(Piece.json(scan.part(VALUES)));
      }
      return new Weight(Kind.RESULT, found.pieces, found.fixed, USAGE.of(scan));
    } catch (MalformedJson _) {
      return Weight.NONE;
    }
  }

  private static void parts(Scan scan, Member array, Found found) {
    if (scan.type(array) == JsonType.ARRAY) {
      JsonScanner.elements(scan.part(array), PART).forEach(found::part);
    }
  }

  /** What has been found of one result. */
  private static final class Found {
    private static final long IMAGE = 1_000;
    private static final int SOUND_BYTES = 512;

    private final List<Piece> pieces = new ArrayList<>();
    private long fixed;

    void part(Scan part) {
      String type = part.text(TYPE).orElse("");
      if (part.type(TEXT) == JsonType.STRING) {
        pieces.add(Piece.string(part.part(TEXT)));
      } else if (part.type(BLOB) == JsonType.STRING) {
        pieces.add(Piece.string(part.part(BLOB)));
      } else if (type.equals("image")) {
        fixed += IMAGE;
      } else if (type.equals("audio")) {
        fixed += part.has(DATA) ? part.part(DATA).size() * 3L / 4 / SOUND_BYTES : 0;
      } else if (part.type(RESOURCE) == JsonType.OBJECT) {
        within(part.part(RESOURCE));
      } else if (part.type(WITHIN) == JsonType.OBJECT) {
        within(part.part(WITHIN));
      } else if (part.type(WITHIN) == JsonType.ARRAY) {
        JsonScanner.elements(part.part(WITHIN), PART).forEach(this::part);
      } else if (part.type() == JsonType.OBJECT) {
        // a link, or something of a later revision: as it stands
        pieces.add(Piece.json(part.payload()));
      }
    }

    private void within(Payload object) {
      JsonScanner.elements(Payload.of("[" + object.text() + "]"), PART).forEach(this::part);
    }

    void orRather(Payload structured) {
      long text = pieces.stream().mapToLong(piece -> piece.bytes().size()).sum();
      if (structured.size() > text) {
        pieces.clear();
        pieces.add(Piece.json(structured));
      }
    }
  }
}
