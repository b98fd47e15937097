package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Experimental;
import dev.turnpike.protocol.mcp.Asked;
import java.util.Optional;

/** An extension of the modern era that is an alpha: an extension of MCP, switched by its flag. */
public interface Extension extends Experimental {
  /** A request whose envelope and standard header fields have been checked. */
  record Request(Inbound inbound, Asked asked, String method, Caller caller, Endpoint endpoint) {}

  /**
   * Takes the request, or leaves it to the revision.
   *
   * @param inside what serves the revision, for use by the extension
   */
  Optional<Dialogue> read(Request request, Inside inside) throws Refused;

  /** What it does for callers of the legacy era; empty: nothing. */
  default Optional<Hidden> hidden() {
    return Optional.empty();
  }

  /**
   * What the ids of legacy sessions begin with that are opened in its lane; empty: it has none. To
   * be among its signs.
   */
  default String sessions() {
    return "";
  }
}
