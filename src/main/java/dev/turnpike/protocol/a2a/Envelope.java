package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.util.Optional;

/**
 * What stands around the parameters of a request (JSON-RPC 2.0, section 4). There are no batches
 * and no notifications in A2A.
 *
 * @param id as it stands there: a string, a number or null
 * @param params an object; {@code {}} where there are none
 */
record Envelope(String id, String method, Payload params) {
  private static final Wanted WANTED = new Wanted();
  private static final Member JSONRPC = WANTED.member("jsonrpc");
  private static final Member ID = WANTED.member("id");
  private static final Member METHOD = WANTED.member("method");
  private static final Member PARAMS = WANTED.member("params");
  private static final Payload NONE = Payload.of("{}");

  /** The request that the body holds, all of which is scanned strictly. */
  static Envelope read(Payload body, ScanLimits limits) throws Refused {
    Scan scan = scan(body, limits);
    if (scan.type() != JsonType.OBJECT) {
      throw invalid("the body is no JSON-RPC request, and there are no batches");
    }
    String id = id(scan).orElseThrow(() -> invalid("id must be a string, a number or null"));
    if (scan.text(JSONRPC).filter("2.0"::equals).isEmpty()) {
      throw invalid("jsonrpc must be \"2.0\"");
    }
    String method = scan.text(METHOD).orElseThrow(() -> invalid("method must be a string"));
    return switch (scan.type(PARAMS)) {
      case OBJECT -> new Envelope(id, method, scan.part(PARAMS));
      case ABSENT -> new Envelope(id, method, NONE);
      case STRING, NUMBER, TRUE, FALSE, NULL, ARRAY -> throw invalid("params must be an object");
    };
  }

  /** The id of a request that could be read as far as that. */
  static Optional<String> idOf(Payload body, ScanLimits limits) {
    try {
      Scan scan = scan(body, limits);
      return scan.type() == JsonType.OBJECT ? id(scan) : Optional.empty();
    } catch (Refused _) {
      // what cannot be read has no id
      return Optional.empty();
    }
  }

  private static Scan scan(Payload body, ScanLimits limits) throws Refused {
    try {
      return JsonScanner.scan(body, WANTED, limits, Strictness.CALLER);
    } catch (MalformedJson malformed) {
      throw new Refused(new Refusal.Malformed(String.valueOf(malformed.getMessage())));
    }
  }

  private static Optional<String> id(Scan scan) {
    return switch (scan.type(ID)) {
      case STRING, NUMBER, NULL -> Optional.of(scan.part(ID).text());
      case ABSENT, TRUE, FALSE, OBJECT, ARRAY -> Optional.empty();
    };
  }

  private static Refused invalid(String message) {
    return new Refused(
        new Refusal.ProtocolRule(400, A2aErrors.INVALID_REQUEST, "Invalid request: " + message));
  }
}
