package dev.turnpike.conformance;

import dev.turnpike.testkit.node.NodeProcess;
import dev.turnpike.testkit.node.NodeRuntime;
import java.util.EnumMap;
import java.util.Map;

/** The fixture server of each era, started when it is first asked for, ended together. */
public final class Fixtures implements AutoCloseable {
  private final Map<Era, NodeProcess> running = new EnumMap<>(Era.class);

  /** Where the fixture of this era serves MCP. */
  public String url(Era era) {
    return running.computeIfAbsent(era, it -> NodeRuntime.here().start(it.fixture())).mcpUrl();
  }

  @Override
  public void close() {
    running.values().forEach(NodeProcess::close);
    running.clear();
  }
}
