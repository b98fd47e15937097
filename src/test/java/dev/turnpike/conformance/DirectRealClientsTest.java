package dev.turnpike.conformance;

import dev.turnpike.testkit.node.NodeProcess;
import dev.turnpike.testkit.node.NodeRuntime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The clients get what they ask for where nothing stands between. */
class DirectRealClientsTest extends RealClientsSuite {
  private static final Fixtures FIXTURES = new Fixtures();

  private @Nullable NodeProcess everything;

  @Override
  protected String endpointUrl(Era era) {
    return FIXTURES.url(era);
  }

  @Override
  protected String everythingUrl() {
    var started = NodeRuntime.here().start("everything.mjs");
    everything = started;
    return started.mcpUrl();
  }

  @AfterEach
  void endEverything() {
    if (everything != null) {
      everything.close();
    }
  }

  @AfterAll
  static void end() {
    FIXTURES.close();
  }
}
