package dev.turnpike.protocol.mcp;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Batch;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.mcp.httpsse.Line;
import dev.turnpike.protocol.mcp.httpsse.Lines;
import dev.turnpike.protocol.mcp.legacy.Legacy;
import dev.turnpike.protocol.mcp.modern.Modern;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.session.Session;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * MCP, every released revision on one path. The era is in the body (basic/versioning, "A dual-era
 * server selects its behavior from how the client opens").
 */
public final class Mcp implements Protocol {
  private final Legacy legacy;
  private final Modern modern;
  private final Lines lines;
  private final ScanLimits limits;

  public Mcp(Legacy legacy, Modern modern, Lines lines, ScanLimits limits) {
    this.lines = lines;
    this.legacy = legacy;
    this.modern = modern;
    this.limits = limits;
  }

  @Override
  public String id() {
    return "mcp";
  }

  @Override
  public boolean claims(Inbound inbound, Endpoints endpoints) {
    return inbound.path().startsWith("/mcp/") && endpoints.at(inbound.path()).isPresent();
  }

  @Override
  public Optional<Batch> split(Inbound inbound, Caller caller, Endpoints endpoints, Reply reply)
      throws Refused {
    if (!inbound.method().equals("POST") || !Batches.startsArray(inbound.body())) {
      return Optional.empty();
    }
    posted(inbound);
    Scan scan = Asked.scan(inbound.body(), limits);
    List<Asked> parts = Batches.parts(scan);
    Session session = legacy.session(inbound, caller, at(inbound, endpoints));
    if (!session.revision().equals(Revisions.BATCHING)) {
      throw Batches.invalid("Batches are of " + Revisions.BATCHING + " only");
    }
    return Optional.of(new Batches(inbound, parts, reply));
  }

  @Override
  public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
    Endpoint endpoint = at(inbound, endpoints);
    if (lines.opens(inbound, caller, endpoint)) {
      return lines.opening(inbound, caller, endpoint);
    }
    return switch (inbound.method()) {
      case "POST" -> posted(inbound, caller, endpoint);
      case "GET" -> legacy.listen(sessionOf(inbound), caller, endpoint);
      case "DELETE" -> legacy.end(sessionOf(inbound), caller, endpoint);
      default -> throw new Refused(new Refusal.MethodNotAllowed(List.of("POST", "GET", "DELETE")));
    };
  }

  // the modern era has neither GET nor DELETE: who names no session gets the answer of that era
  private static Inbound sessionOf(Inbound inbound) throws Refused {
    if (inbound.headers().first(Words.HEADER_SESSION).isEmpty()) {
      throw new Refused(new Refusal.MethodNotAllowed(List.of("POST")));
    }
    return inbound;
  }

  private Dialogue posted(Inbound inbound, Caller caller, Endpoint endpoint) throws Refused {
    posted(inbound);
    Optional<Line> line = lines.posted(inbound, caller, endpoint);
    Scan scan = Asked.scan(inbound.body(), limits);
    Asked asked = Asked.read(scan);
    if (line.isPresent() && isInitialize(asked)) {
      line.get().mayOpen();
    }
    if (asked.claimsModern()) {
      return modern.read(inbound, asked, caller, endpoint);
    }
    List<String> versions = inbound.headers().all(Words.HEADER_VERSION);
    if (versions.stream().anyMatch(Revisions::modern)) {
      throw isInitialize(asked)
          ? new Refused(
              new Refusal.ProtocolRule(
                  400,
                  McpErrors.HEADER_MISMATCH,
                  "Header mismatch: initialize is no method of the version in MCP-Protocol-Version"))
          : Modern.missing("protocolVersion is missing");
    }
    return legacy.read(inbound, asked, caller, endpoint);
  }

  private static boolean isInitialize(Asked asked) {
    return switch (asked.message()) {
      case RpcMessage.Request(_, var method) -> method.equals("initialize");
      case RpcMessage.Notification _, RpcMessage.Result _, RpcMessage.Failure _ -> false;
    };
  }

  private static void posted(Inbound inbound) throws Refused {
    String type = inbound.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    if (!(parameters < 0 ? type : type.substring(0, parameters)).strip().equals(Words.JSON)) {
      throw new Refused(
          new Refusal.ProtocolRule(
              415, McpErrors.INVALID_REQUEST, "Content-Type must be " + Words.JSON));
    }
    String accept = accepted(inbound);
    if (!accept.contains("*/*")
        && !(accept.contains(Words.JSON) && accept.contains(Words.EVENTS))) {
      throw new Refused(
          new Refusal.ProtocolRule(
              406, McpErrors.INVALID_REQUEST, "Accept must list " + Words.JSON_OR_EVENTS));
    }
  }

  // a list may come in several fields (RFC 9110, section 5.3)
  private static String accepted(Inbound inbound) {
    List<String> said = inbound.headers().all("accept");
    return said.isEmpty() ? "*/*" : String.join(",", said);
  }

  private static Endpoint at(Inbound inbound, Endpoints endpoints) throws Refused {
    return endpoints
        .at(inbound.path())
        .orElseThrow(() -> new Refused(new Refusal.NoSuchEndpoint()));
  }

  @Override
  public void refuse(Refusal reason, Inbound inbound, Reply reply) {
    // read once more, for the id alone: a refusal is rare, and this keeps ids out of every refusal
    Era era = Era.LEGACY;
    Optional<RpcId> id = Optional.empty();
    String method = "";
    try {
      Scan scan = Asked.scan(inbound.body(), limits);
      era = scan.has(Asked.META_VERSION) ? Era.MODERN : Era.LEGACY;
      if (Asked.read(scan).message() instanceof RpcMessage.Request(RpcId of, String name)) {
        id = Optional.of(of);
        method = name;
      }
    } catch (Refused _) {
      // what cannot be read has no id
    }
    Refusals.answer(reason, era, id, method, reply);
  }
}
