package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.RpcMessage;
import java.util.List;
import java.util.Optional;

/** Reads a modern request, in the order in which the revision wants its faults found. */
public final class Modern {
  private final Inside inside;

  public Modern(Inside inside) {
    this.inside = inside;
  }

  public Dialogue read(Inbound inbound, Asked asked, Caller caller, Endpoint endpoint)
      throws Refused {
    return switch (asked.message()) {
      case RpcMessage.Request(_, var name) -> request(inbound, asked, name, caller, endpoint);
      case RpcMessage.Notification(var name) -> notice(inbound, asked, name, caller, endpoint);
      case RpcMessage.Result _, RpcMessage.Failure _ ->
          throw new Refused(
              new Refusal.ProtocolRule(
                  400, McpErrors.INVALID_REQUEST, "A client does not post answers"));
    };
  }

  private Dialogue request(
      Inbound inbound, Asked asked, String name, Caller caller, Endpoint endpoint) throws Refused {
    envelope(inbound, asked, caller, endpoint);
    HeaderCheck.standard(inbound.headers(), asked, name);
    Extension.Request request = new Extension.Request(inbound, asked, name, caller, endpoint);
    for (Extension extension : inside.extensions()) {
      Optional<Dialogue> taken = extension.read(request, inside);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    Method method =
        Method.named(Era.MODERN, name)
            .orElseThrow(() -> new Refused(new Refusal.NoSuchMethod(name)));
    if (asked.scan().has(Asked.FILTER_URIS)
        && asked.scan().type(Asked.FILTER_URIS) != JsonType.ARRAY) {
      throw Calls.invalid("params.notifications.resourceSubscriptions must be a list");
    }
    Call call = Calls.of(asked, method, Revisions.MODERN, endpoint.name());
    return endpoint.federated()
        ? inside
            .federation()
            .request(
                asked,
                method,
                call,
                caller,
                endpoint,
                (renamed, there, upstream) ->
                    inside.request(request, renamed, method, there, upstream, Amendment.NONE))
        : inside.request(request, asked, method, call, endpoint.upstream(), Amendment.NONE);
  }

  private Dialogue notice(
      Inbound inbound, Asked asked, String name, Caller caller, Endpoint endpoint) throws Refused {
    envelope(inbound, asked, caller, endpoint);
    HeaderCheck.standard(inbound.headers(), asked, name);
    return new ModernNotice(
        Calls.control("notification", Revisions.MODERN, endpoint.name()), endpoint);
  }

  private void envelope(Inbound inbound, Asked asked, Caller caller, Endpoint endpoint)
      throws Refused {
    if (asked.scan().type(Asked.META_VERSION) != JsonType.STRING) {
      throw missing("protocolVersion must be a string");
    }
    if (!asked.isObject(Asked.META_CAPABILITIES)) {
      throw missing("clientCapabilities must be an object");
    }
    if (asked.scan().has(Asked.META_CLIENT) && !asked.isObject(Asked.META_CLIENT)) {
      throw missing("clientInfo must be an object");
    }
    String version = asked.text(Asked.META_VERSION).orElse("");
    HeaderCheck.version(inbound.headers(), version);
    if (!Revisions.MODERN_ALL.contains(version)
        || !inside.served().serves(version, caller, endpoint.name())) {
      List<String> there = inside.served().modern(caller, endpoint.name());
      throw Served.unsupported(
          version, there.isEmpty() ? inside.served().legacy(caller, endpoint.name()) : there);
    }
  }

  /** A request without what every modern request must carry. */
  public static Refused missing(String detail) {
    return new Refused(
        new Refusal.ProtocolRule(
            400, McpErrors.INVALID_PARAMS, "In params._meta, io.modelcontextprotocol/" + detail));
  }
}
