package dev.turnpike.testkit.node;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides what {@link NeedsPeers} says, by the state of {@link NodeRuntime#here()}. */
final class PeersCondition implements ExecutionCondition {
  static final String SKIPPED =
      "skipped: Node 22 and the npm peers are not installed; run npm ci in src/test/js";

  private static final AtomicBoolean SAID = new AtomicBoolean();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return decide(NodeRuntime.here(), NodeRuntime.isAskedFor());
  }

  static ConditionEvaluationResult decide(NodeRuntime runtime, boolean askedFor) {
    if (runtime.isReady()) {
      return ConditionEvaluationResult.enabled("the peers are installed");
    }
    if (askedFor) {
      runtime.install();
      return ConditionEvaluationResult.enabled("the peers were installed just now");
    }
    // Surefire counts what is skipped but does not say why.
    if (SAID.compareAndSet(false, true)) {
      System.out.println(SKIPPED);
    }
    return ConditionEvaluationResult.disabled(SKIPPED);
  }
}
