package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Call;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.seal.Seals;
import java.util.List;

/**
 * What serves the modern era, as far as an extension may use it.
 *
 * @param extensions in the order in which they are asked
 * @param federation serves several upstreams as one
 * @param bridge puts requests to legacy upstreams
 * @param served which revisions are served to whom
 * @param seals for what is given to callers and comes back
 */
public record Inside(
    List<Extension> extensions,
    Natures natures,
    Tools tools,
    ModernFederation federation,
    LegacyBridge bridge,
    Served served,
    Seals seals) {
  public Inside {
    extensions = List.copyOf(extensions);
  }

  /**
   * The request to one upstream, whatever its era; amended where that is modern.
   *
   * @param asked under the names that the upstream has
   * @param call likewise
   */
  public Dialogue request(
      Extension.Request request,
      Asked asked,
      Method method,
      Call call,
      String upstream,
      Amendment amendment) {
    return new EitherEra(
        natures,
        modern(request, asked, method, call, upstream, amendment),
        bridge.request(
            request.inbound().headers(), asked, method, call, request.caller(), upstream));
  }

  /** The same to an upstream that is modern. */
  public Dialogue modern(
      Extension.Request request,
      Asked asked,
      Method method,
      Call call,
      String upstream,
      Amendment amendment) {
    return new ModernRequest(
        request.inbound(),
        asked,
        method,
        call,
        upstream,
        natures,
        tools,
        () -> served.all(request.caller(), call.endpoint()),
        amendment);
  }
}
