package dev.turnpike.conformance;

import dev.turnpike.testkit.node.LangChain4jPeer;
import dev.turnpike.testkit.node.NeedsPeers;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** LangChain4j's client, which knows the legacy eras only, before a server of each era. */
@NeedsPeers
class LangChain4jTest {
  private static final ThroughTurnpike ROADS = new ThroughTurnpike();

  @TestFactory
  Stream<DynamicTest> isServedByAModernServer() {
    return at(Era.MODERN);
  }

  @TestFactory
  Stream<DynamicTest> isServedByALegacyServer() {
    return at(Era.LEGACY);
  }

  private static Stream<DynamicTest> at(Era era) {
    return RealClientsSuite.steps(
        "LangChain4j", LangChain4jPeer.run(ROADS.url(era), era.name().toLowerCase(Locale.ROOT)));
  }

  @AfterAll
  static void end() {
    ROADS.close();
  }
}
