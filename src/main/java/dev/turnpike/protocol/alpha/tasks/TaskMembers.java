package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;

/** What is the extension's own in a request that was read before. */
record TaskMembers(Scan scan) {
  private static final ScanLimits READ_BEFORE = new ScanLimits(1_000, Integer.MAX_VALUE);
  private static final Wanted WANTED = new Wanted();
  private static final Member TASK = WANTED.member("params", "taskId");
  private static final Member CAPABILITIES =
      WANTED.member("params", "_meta", Words.META_CAPABILITIES);
  private static final Member EXTENSIONS =
      WANTED.member("params", "_meta", Words.META_CAPABILITIES, "extensions");
  private static final Member TASKS =
      WANTED.member("params", "_meta", Words.META_CAPABILITIES, "extensions", Tasks.ID);

  static TaskMembers of(Payload body) {
    try {
      return new TaskMembers(JsonScanner.scan(body, WANTED, READ_BEFORE, Strictness.CALLER));
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  /** Whether the client says in this request that it knows tasks. */
  static boolean declared(Payload body) {
    return of(body).scan.type(TASKS) == JsonType.OBJECT;
  }

  JsonType type() {
    return scan.type(TASK);
  }

  String id() {
    return scan.text(TASK).orElse("");
  }

  /** The body with this extension and no other. */
  static Payload declaring(Payload body) {
    Scan scan = of(body).scan;
    String ours = "{" + JsonText.quote(Tasks.ID) + ":{}}";
    Splice splice = Splice.of(body);
    return scan.has(EXTENSIONS)
        ? splice.replace(scan.span(EXTENSIONS), ours).apply()
        : splice.insertMember(scan.span(CAPABILITIES), "extensions", ours).apply();
  }

  /** The body about another task. */
  static Payload about(Payload body, String id) {
    Scan scan = of(body).scan;
    return Splice.of(body).replace(scan.span(TASK), JsonText.quote(id)).apply();
  }
}
