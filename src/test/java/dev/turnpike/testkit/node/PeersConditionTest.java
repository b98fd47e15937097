package dev.turnpike.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersConditionTest {
  @TempDir Path empty;

  @Test
  void skipsWithOneLineWhereThePeersAreMissingOnADevelopersMachine() {
    var decided = PeersCondition.decide(new NodeRuntime(empty), false);

    assertThat(decided.isDisabled()).isTrue();
    assertThat(decided.getReason()).contains(PeersCondition.SKIPPED);
  }

  @Test
  void failsWhereTheyAreMissingInCiAndCannotBeInstalled() {
    // A folder without package.json: npm refuses, without asking a registry.
    assertThatThrownBy(() -> PeersCondition.decide(new NodeRuntime(empty), true))
        .isInstanceOf(IllegalStateException.class);
  }
}
