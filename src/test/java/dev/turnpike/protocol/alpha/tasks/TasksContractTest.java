package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Lane;
import dev.turnpike.protocol.mcp.McpContract;
import dev.turnpike.protocol.mcp.modern.Extension;
import dev.turnpike.testkit.Requests;
import java.util.List;
import java.util.Map;

class TasksContractTest extends McpContract {
  @Override
  protected List<Extension> extensions() {
    return List.of(new Tasks());
  }

  @Override
  protected Lane lane() {
    return Lane.EXPERIMENTAL;
  }

  @Override
  protected Inbound oneOfItsRequests() {
    return Requests.post(
        "/mcp/demo",
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo",\
        "arguments":{"text":"hello"},"_meta":{\
        "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
        "io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}},\
        "io.modelcontextprotocol/clientInfo":{"name":"contract","version":"1"}}}}\
        """,
        Map.of(
            "mcp-protocol-version", "2026-07-28",
            "mcp-method", "tools/call",
            "mcp-name", "echo"));
  }
}
