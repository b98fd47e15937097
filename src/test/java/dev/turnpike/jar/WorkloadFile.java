package dev.turnpike.jar;

import dev.turnpike.testkit.FakeUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration by which it can be told which program was recognised. */
final class WorkloadFile {
  static final String PLANNER = "spiffe://cluster.local/ns/agents/sa/planner";

  private WorkloadFile() {}

  /**
   * Endpoint {@code known} takes programs alone, and lets the planner alone call {@code echo}; at
   * {@code open} anybody may.
   */
  static String in(Path folder, FakeUpstream up) throws IOException {
    return Files.writeString(
            folder.resolve("turnpike.yaml"),
            """
            upstreams:
              up: { mcp: { url: "%s" } }
            endpoints:
              known: { mcp: { upstreams: [up] } }
              open: { mcp: { upstreams: [up] }, anonymous: true }
            rules:
              - name: planners
                allow: { endpoints: [known], tools: [echo] }
                when: caller.workload.serviceAccount == "planner"
              - name: anybody
                allow: { endpoints: [open], tools: [echo] }
            """
                .formatted(up.url()))
        .toString();
  }
}
