package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.io.Serial;
import java.util.Map;

/** One message of an agent, checked (JSON-RPC 2.0, section 5). */
sealed interface AgentAnswer {
  ScanLimits LIMITS = new ScanLimits(128, 4_000_000);

  /** As the caller gets it, under the id of its own. */
  Payload to(String id);

  /**
   * What was asked for, in its canonical form.
   *
   * @param last whether nothing follows
   */
  record Result(Map<String, Object> value, boolean last) implements AgentAnswer {
    @Override
    public Payload to(String id) {
      return Payload.of(
          "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + JsonValue.write(value) + "}");
    }
  }

  /** A no of the agent's own. */
  record Failed(long code, Payload error) implements AgentAnswer {
    @Override
    public Payload to(String id) {
      return Payload.of("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":" + error.text() + "}");
    }
  }

  /** It is no answer to what was asked. */
  final class Wrong extends Exception {
    @Serial private static final long serialVersionUID = 1;

    Wrong(String reason) {
      super(reason, null, false, false);
    }

    /** What a caller is told (A2A 1.0, section 5.4, InvalidAgentResponseError). */
    Refused refused(String upstream) {
      return invalid(upstream, String.valueOf(getMessage()));
    }
  }

  static Refused invalid(String upstream, String reason) {
    return new Refused(
        new Refusal.ProtocolRule(
            200, A2aErrors.INVALID_AGENT_RESPONSE, "The upstream " + upstream + " " + reason));
  }

  /**
   * Reads a message.
   *
   * @param dialect of the agent
   * @param id that was asked under
   * @param event whether it came in a stream
   */
  static AgentAnswer read(
      AgentDialect dialect, Payload json, String id, Operation operation, boolean event)
      throws Wrong {
    Scan scan = scan(json);
    Parts parts = Parts.ALL;
    if (scan.type() != JsonType.OBJECT
        || scan.text(parts.jsonrpc).filter("2.0"::equals).isEmpty()
        || scan.has(parts.result) == scan.has(parts.error)) {
      throw new Wrong("answered with something that is no JSON-RPC answer");
    }
    if (!scan.has(parts.id) || !isId(scan, parts.id, id)) {
      throw new Wrong("answered to another request than it was sent");
    }
    if (scan.has(parts.error)) {
      return failed(dialect, scan, parts);
    }
    return result(dialect, scan.part(parts.result), operation, event);
  }

  private static Result result(
      AgentDialect dialect, Payload result, Operation operation, boolean event) throws Wrong {
    if (operation.streams() != event) {
      throw new Wrong("answered with one result where a stream was asked for, or the reverse");
    }
    try {
      if (event) {
        AgentDialect.Heard heard = dialect.event(result);
        return new Result(heard.value(), heard.last());
      }
      return new Result(dialect.result(operation, result), true);
    } catch (Misshapen misshapen) {
      throw new Wrong("answered out of shape: " + misshapen.reason());
    }
  }

  private static boolean isId(Scan scan, Member member, String id) {
    return switch (scan.type(member)) {
      case STRING -> JsonText.decode(scan.part(member)).equals(id);
      case ABSENT, NUMBER, TRUE, FALSE, NULL, OBJECT, ARRAY -> false;
    };
  }

  private static AgentAnswer failed(AgentDialect dialect, Scan scan, Parts parts) throws Wrong {
    if (scan.type(parts.error) != JsonType.OBJECT || scan.text(parts.message).isEmpty()) {
      throw new Wrong("answered with an error that says nothing");
    }
    try {
      return new Failed(
          Long.parseLong(scan.part(parts.code).text()), dialect.error(scan.part(parts.error)));
    } catch (NumberFormatException | IllegalStateException _) {
      throw new Wrong("answered with an error without a code");
    }
  }

  private static Scan scan(Payload json) throws Wrong {
    try {
      return JsonScanner.scan(json, Parts.ALL.wanted, LIMITS, Strictness.UPSTREAM);
    } catch (MalformedJson malformed) {
      throw new Wrong("answered with JSON that cannot be read: " + malformed.reason());
    }
  }

  /** Where things stand in a message. */
  final class Parts {
    private static final Parts ALL = new Parts();

    private final Wanted wanted = new Wanted();
    private final Member jsonrpc = wanted.member("jsonrpc");
    private final Member id = wanted.member("id");
    private final Member result = wanted.member("result");
    private final Member error = wanted.member("error");
    private final Member code = wanted.member("error", "code");
    private final Member message = wanted.member("error", "message");

    private Parts() {}
  }
}
