package dev.turnpike.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.testkit.node.NeedsPeers;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The MCP Java SDK as a client of the legacy eras. */
@NeedsPeers
public abstract class JavaSdkClientSuite {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
  private final BlockingQueue<Double> progressed = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> updated = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> visited = new LinkedBlockingQueue<>();
  private @Nullable McpSyncClient opened;

  /** As in {@link ConformanceSuite#endpointUrl}. */
  protected abstract String endpointUrl(Era era);

  @BeforeEach
  void open() {
    URI url = URI.create(endpointUrl(Era.LEGACY));
    var transport =
        HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
            .endpoint(url.getPath())
            .build();
    McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(PATIENCE)
            .initializationTimeout(PATIENCE)
            .capabilities(
                McpSchema.ClientCapabilities.builder()
                    .sampling()
                    .elicitation(true, true)
                    .roots(true)
                    .build())
            .roots(McpSchema.Root.builder("file:///srv/project").name("project").build())
            .urlElicitation(this::visit)
            .sampling(JavaSdkClientSuite::sample)
            .elicitation(JavaSdkClientSuite::fillIn)
            .loggingConsumer(line -> logged.add(line.data()))
            .progressConsumer(progress -> progressed.add(progress.progress()))
            .resourcesUpdateConsumer(contents -> contents.forEach(it -> updated.add(it.uri())))
            .build();
    opened = client;
    client.initialize();
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.closeGracefully();
    }
  }

  @Test
  void isGreetedInTheNewestRevisionOfItsEra() {
    assertThat(client().getCurrentInitializationResult().protocolVersion()).isEqualTo("2025-11-25");
    assertThat(client().getServerCapabilities().tools()).isNotNull();
    client().ping();
  }

  @Test
  void seesWhatThereIs() {
    assertThat(client().listTools().tools())
        .extracting(McpSchema.Tool::name)
        .contains("test_simple_text", "add")
        .doesNotContain("trigger_resource_update");
    assertThat(client().listResources().resources())
        .extracting(McpSchema.Resource::uri)
        .contains("test://static-text");
    assertThat(client().listResourceTemplates().resourceTemplates())
        .extracting(McpSchema.ResourceTemplate::uriTemplate)
        .contains("test://template/{id}/data");
    assertThat(client().listPrompts().prompts())
        .extracting(McpSchema.Prompt::name)
        .contains("test_prompt_with_arguments");
  }

  @Test
  void callsTools() {
    assertThat(said(call("test_simple_text", Map.of()))).startsWith("This is a simple text");
    CallToolResult sum = call("add", Map.of("a", 2, "b", 40));
    assertThat(sum.structuredContent()).isEqualTo(Map.of("sum", 42));
    assertThat(call("test_error_handling", Map.of()).isError()).isTrue();
  }

  @Test
  void isToldOfAToolThatDoesNotExist() {
    assertThatThrownBy(() -> call("no_such_tool", Map.of()))
        .isInstanceOfSatisfying(
            McpError.class,
            refused -> assertThat(refused.getJsonRpcError().code()).isEqualTo(-32602));
  }

  @Test
  void readsResourcesAndGetsPrompts() {
    var read = client().readResource(new McpSchema.ReadResourceRequest("test://static-text"));
    assertThat(read.contents())
        .singleElement()
        .isInstanceOfSatisfying(
            McpSchema.TextResourceContents.class,
            text -> assertThat(text.text()).contains("static text resource"));
    var prompt =
        client()
            .getPrompt(
                new McpSchema.GetPromptRequest(
                    "test_prompt_with_arguments", Map.of("arg1", "a", "arg2", "b")));
    assertThat(prompt.messages().getFirst().content())
        .isInstanceOfSatisfying(
            TextContent.class, text -> assertThat(text.text()).contains("arg1='a', arg2='b'"));
  }

  @Test
  void completesAnArgument() {
    var completed =
        client()
            .completeCompletion(
                new McpSchema.CompleteRequest(
                    new McpSchema.PromptReference("test_prompt_with_arguments"),
                    new McpSchema.CompleteRequest.CompleteArgument("arg1", "par")));
    assertThat(completed.completion().values()).containsExactly("paris", "park", "party");
  }

  @Test
  void isToldOfProgressInOrder() {
    client()
        .callTool(
            CallToolRequest.builder("test_tool_with_progress")
                .arguments(Map.of())
                .progressToken("java")
                .build());
    assertThat(Stream.generate(() -> next(progressed)).limit(3)).containsExactly(0d, 50d, 100d);
  }

  @Test
  void isToldTheLogFromItsLevelUp() {
    client().setLoggingLevel(McpSchema.LoggingLevel.INFO);
    call("test_tool_with_logging", Map.of());
    assertThat(Stream.generate(() -> next(logged)).limit(3))
        .containsExactly(
            "Tool execution started", "Tool processing data", "Tool execution completed");
  }

  @Test
  void answersSamplingAndElicitation() {
    assertThat(said(call("test_sampling", Map.of("prompt", "ping"))))
        .isEqualTo("LLM response: Java heard it");
    assertThat(said(call("test_elicitation", Map.of("message", "Who?"))))
        .contains("action=accept", "duke@example.com");
  }

  @Test
  void visitsAPageAndTellsItsRoots() {
    assertThat(said(call("test_url_elicitation", Map.of()))).isEqualTo("The page: accept");
    assertThat(visited).containsExactly("https://example.com/tolls?pay=1");
    assertThat(said(call("test_input_required_result_list_roots", Map.of())))
        .isEqualTo("Roots: file:///srv/project");
  }

  @Test
  void isToldOfAResourceItWatches() {
    client().subscribeResource(new McpSchema.SubscribeRequest("test://watched-resource"));
    // The client opens its GET stream when it likes: what is told before that is told to nobody.
    Stream<Optional<String>> told =
        Stream.generate(
                () -> {
                  call("trigger_resource_update", Map.of());
                  return within(Duration.ofSeconds(1), updated);
                })
            .limit(PATIENCE.toSeconds());
    assertThat(told.flatMap(Optional::stream).findFirst()).contains("test://watched-resource");
  }

  private McpSyncClient client() {
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }

  private CallToolResult call(String tool, Map<String, Object> arguments) {
    return client().callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static String said(CallToolResult result) {
    return switch (result.content().getFirst()) {
      case TextContent text -> text.text();
      default -> throw new AssertionError("not text: " + result);
    };
  }

  private static McpSchema.CreateMessageResult sample(McpSchema.CreateMessageRequest request) {
    return McpSchema.CreateMessageResult.builder(McpSchema.Role.ASSISTANT, "Java heard it", "none")
        .stopReason(McpSchema.CreateMessageResult.StopReason.END_TURN)
        .build();
  }

  private static McpSchema.ElicitResult fillIn(McpSchema.ElicitFormRequest request) {
    assertThat(request.requestedSchema()).containsKey("properties");
    return McpSchema.ElicitResult.builder(McpSchema.ElicitResult.Action.ACCEPT)
        .content(Map.of("username", "duke", "email", "duke@example.com"))
        .build();
  }

  private McpSchema.ElicitResult visit(McpSchema.ElicitUrlRequest request) {
    assertThat(request.elicitationId()).isNotBlank();
    visited.add(request.url());
    return McpSchema.ElicitResult.builder(McpSchema.ElicitResult.Action.ACCEPT).build();
  }

  private static <T> T next(BlockingQueue<T> from) {
    return within(PATIENCE, from)
        .orElseThrow(() -> new AssertionError("nothing was told within " + PATIENCE));
  }

  private static <T> Optional<T> within(Duration patience, BlockingQueue<T> from) {
    try {
      return Optional.ofNullable(from.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
