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
import dev.turnpike.tokens.Reporting;
import dev.turnpike.tokens.Reporting.Several;
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

  /** Where peers report what a call used, by the names that are in use for it. */
  public static final Reporting USUAL = UsageMembers.USUAL;

  private static final Wanted PART = new Wanted();
  private static final Member TYPE = PART.member("type");
  private static final Member TEXT = PART.member("text");
  private static final Member BLOB = PART.member("blob");
  private static final Member DATA = PART.member("data");
  private static final Member RESOURCE = PART.member("resource");
  private static final Member WITHIN = PART.member("content");

  private final Reporting reporting;
  private final Wanted wanted = new Wanted();
  private final Member result = wanted.member("result");
  private final Member content = wanted.member("result", "content");
  private final Member structured = wanted.member("result", "structuredContent");
  // what a task has come to
  private final Member within = wanted.member("result", "result");
  private final Member contents = wanted.member("result", "contents");
  private final Member messages = wanted.member("result", "messages");
  private final Member values = wanted.member("result", "completion", "values");
  private final Member inputs = wanted.member("result", "inputRequests");
  private final Member kind = wanted.member("result", "resultType");
  private final UsageMembers usage;

  /**
   * @param reporting where in results peers report what a call used
   */
  public McpScales(Reporting reporting) {
    this.reporting = reporting;
    this.usage = new UsageMembers(wanted, reporting);
  }

  @Override
  public Several several() {
    return reporting.several();
  }

  @Override
  public Weight weigh(Call call, Payload message) {
    return switch (call.verb()) {
      case DISCOVER -> listed(message);
      case INVOKE, READ -> answered(message, call.method().startsWith("tasks/"));
      case SUBSCRIBE, FOLLOW, CONTROL -> Weight.NONE;
    };
  }

  // a list may be long, and nothing of it but its frame is not definitions
  private static Weight listed(Payload message) {
    int head = Math.min(message.size(), 256);
    return message.slice(0, head).text().contains("\"result\"")
        ? new Weight(Kind.DEFINITIONS, List.of(Piece.json(message)), 0, Reported.NOTHING)
        : Weight.NONE;
  }

  private Weight answered(Payload message, boolean poll) {
    try {
      Scan scan = JsonScanner.scan(message, wanted, LIMITS, Strictness.UPSTREAM);
      if (scan.type(result) != JsonType.OBJECT) {
        return Weight.NONE;
      }
      if (poll) {
        // how a task stands is nothing that a model reads
        return scan.type(within) == JsonType.OBJECT
            ? answered(Payload.of("{\"result\":" + scan.part(within).text() + "}"), false)
            : Weight.NONE;
      }
      Reported said = usage.of(scan);
      if (scan.has(inputs) || scan.text(kind).filter(Words.INPUT_REQUIRED::equals).isPresent()) {
        return said.equals(Reported.NOTHING)
            ? Weight.NONE
            : new Weight(Kind.ROUND, List.of(), 0, said);
      }
      Found found = new Found();
      parts(scan, content, found);
      if (scan.has(structured)) {
        found.orRather(scan.part(structured));
      }
      parts(scan, contents, found);
      parts(scan, messages, found);
      if (scan.has(values)) {
        found.pieces.add(Piece.json(scan.part(values)));
      }
      return new Weight(Kind.RESULT, found.pieces, found.fixed, said);
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
