import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.McpResource;
import dev.langchain4j.mcp.client.McpRoot;
import dev.langchain4j.mcp.client.McpTextResourceContents;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * LangChain4j's MCP client at {@code <url> [modern]}, the second where the server is of the modern era: all that it can do with a server. It can be asked for
 * its roots, and neither for forms nor for its model. Prints a report as JSON; exit status 0 where
 * every step saw what it should.
 */
public final class LangChain4jClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final String WATCHED = "test://watched-resource";

  private final Map<String, Object> steps = new LinkedHashMap<>();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final List<Double> progressed = new CopyOnWriteArrayList<>();
  private final List<String> updated = new CopyOnWriteArrayList<>();
  private boolean failed;

  public static void main(String[] arguments) throws Exception {
    var run = new LangChain4jClient();
    run.all(arguments[0], arguments.length > 1 && arguments[1].equals("modern"));
    Map<String, Object> report =
        Map.of("client", "langchain4j", "url", arguments[0], "ok", !run.failed, "steps", run.steps);
    System.out.println(new ObjectMapper().writeValueAsString(report));
    System.exit(run.failed ? 1 : 0);
  }

  private McpClient open(String url, Duration toolTime) {
    return DefaultMcpClient.builder()
        .transport(StreamableHttpMcpTransport.builder().url(url).timeout(PATIENCE).subsidiaryChannel(true).build())
        .clientName("turnpike-client-langchain4j")
        .toolExecutionTimeout(toolTime)
        .toolExecutionTimeoutErrorMessage("out of time")
        .autoHealthCheck(false)
        .roots(List.of(new McpRoot("project", "file:///srv/project")))
        .logHandler(line -> logged.add(line.data().asText()))
        .progressHandler(step -> progressed.add(step.progress()))
        .onResourceUpdated((_, uri) -> updated.add(uri))
        .build();
  }

  private void all(String url, boolean modern) throws Exception {
    try (McpClient client = open(url, PATIENCE)) {
      step("health", () -> {
        client.checkHealth();
        return client.instructions();
      });
      step("lists", () -> {
        List<String> tools = client.listTools().stream().map(ToolSpecification::name).toList();
        expect(tools.contains("test_simple_text") && tools.contains("add"), tools);
        expect(!tools.contains("trigger_resource_update"), tools);
        List<String> uris = client.listResources().stream().map(McpResource::uri).toList();
        expect(uris.contains("test://static-text"), uris);
        expect(!client.listResourceTemplates().isEmpty(), "templates");
        expect(!client.listPrompts().isEmpty(), "prompts");
        return tools.size();
      });
      step("calls", () -> {
        expect(call(client, "test_simple_text", "{}").startsWith("This is a simple text"), "text");
        return expect(call(client, "add", "{\"a\":2,\"b\":40}").contains("42"), "the sum");
      });
      step("a resource and a prompt", () -> {
        var contents = client.readResource("test://static-text").contents().getFirst();
        expect(((McpTextResourceContents) contents).text().contains("static text resource"), contents);
        var prompt = client.getPrompt("test_prompt_with_arguments", Map.of("arg1", "a", "arg2", "b"));
        return expect(prompt.messages().toString().contains("arg1='a', arg2='b'"), prompt);
      });
      step("progress", () -> {
        call(client, "test_tool_with_progress", "{}");
        return expect(progressed.equals(List.of(0d, 50d, 100d)), progressed);
      });
      step("logs", () -> {
        call(client, "test_tool_with_logging", "{}");
        return expect(logged.size() == 3, logged);
      });
      step("roots", () -> {
        String said = call(client, "test_input_required_result_list_roots", "{}");
        return expect(said.equals("Roots: file:///srv/project"), said);
      });
      if (modern) {
        // a server of its own era asks it all the same, and waits in vain
        step("what it cannot be asked", () -> {
          String said = call(client, "test_elicitation", "{\"message\":\"Who?\"}");
          return expect(said.contains("elicitation"), said);
        });
      }
      step("subscriptions", () -> {
        client.subscribeToResource(WATCHED);
        for (int tries = 0; updated.isEmpty() && tries < 50; tries++) {
          call(client, "trigger_resource_update", "{}");
          Thread.sleep(100);
        }
        expect(updated.contains(WATCHED), updated);
        client.unsubscribeFromResource(WATCHED);
        return updated.size();
      });
      step("cancel", () -> {
        try (McpClient hasty = open(url, SHORT)) {
          String said = call(hasty, "wait", "{\"key\":\"langchain4j\",\"millis\":30000}");
          expect(said.equals("out of time"), said);
        }
        String how = "";
        for (int tries = 0; !how.equals("cancelled") && tries < 50; tries++) {
          how = call(client, "was_cancelled", "{\"key\":\"langchain4j\"}");
          Thread.sleep(100);
        }
        return expect(how.equals("cancelled"), how);
      });
    }
  }

  private static String call(McpClient client, String tool, String arguments) {
    try {
      return client
          .executeTool(ToolExecutionRequest.builder().name(tool).arguments(arguments).build())
          .resultText();
    } catch (RuntimeException told) {
      return String.valueOf(told.getMessage());
    }
  }

  private static Object expect(boolean holds, Object seen) {
    if (!holds) {
      throw new IllegalStateException("saw " + seen);
    }
    return String.valueOf(seen);
  }

  private void step(String name, Callable<?> work) {
    try {
      Object seen = work.call();
      steps.put(name, Map.of("ok", true, "seen", String.valueOf(seen)));
    } catch (Exception wrong) {
      failed = true;
      steps.put(name, Map.of("ok", false, "error", String.valueOf(wrong)));
    }
  }
}
