package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Headers;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;

/** What puts a modern request to an upstream that speaks legacy revisions only. */
@FunctionalInterface
public interface LegacyBridge {
  Dialogue request(
      Headers headers, Asked asked, Method method, Call call, Caller caller, String upstream);
}
