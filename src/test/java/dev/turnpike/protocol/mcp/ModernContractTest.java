package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.testkit.Requests;
import java.util.Map;

class ModernContractTest extends McpContract {
  @Override
  protected Inbound oneOfItsRequests() {
    return Requests.post(
        "/mcp/demo",
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo",\
        "arguments":{"text":"hello"},"_meta":{\
        "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
        "io.modelcontextprotocol/clientCapabilities":{},\
        "io.modelcontextprotocol/clientInfo":{"name":"contract","version":"1"}}}}\
        """,
        Map.of(
            "mcp-protocol-version", "2026-07-28",
            "mcp-method", "tools/call",
            "mcp-name", "echo"));
  }
}
