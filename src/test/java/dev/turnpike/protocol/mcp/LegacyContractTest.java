package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.testkit.Requests;

class LegacyContractTest extends McpContract {
  @Override
  protected Inbound oneOfItsRequests() {
    return Requests.post(
        "/mcp/demo",
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
        "capabilities":{},"clientInfo":{"name":"contract","version":"1"}}}\
        """);
  }
}
