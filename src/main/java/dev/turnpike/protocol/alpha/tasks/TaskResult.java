package dev.turnpike.protocol.alpha.tasks;

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
import java.util.Optional;

/** What is the extension's own in an answer that was read before. */
record TaskResult(Scan scan) {
  private static final ScanLimits READ_BEFORE = new ScanLimits(1_000, Integer.MAX_VALUE);
  private static final Wanted WANTED = new Wanted();
  private static final Member TYPE = WANTED.member("result", "resultType");
  private static final Member ID = WANTED.member("result", "taskId");
  private static final Member CAPABILITIES = WANTED.member("result", "capabilities");
  private static final Member OFFERED =
      WANTED.member("result", "capabilities", "extensions", Tasks.ID);

  static TaskResult of(Payload message) {
    try {
      return new TaskResult(JsonScanner.scan(message, WANTED, READ_BEFORE, Strictness.UPSTREAM));
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  /** Whether the call has become a task. */
  boolean isTask() {
    return scan.text(TYPE).filter("task"::equals).isPresent();
  }

  /** The id of the task that it tells of. */
  Optional<String> id() {
    return scan.text(ID);
  }

  /** The same of a task with that id. */
  Payload naming(String id) {
    return Splice.of(scan.payload()).replace(scan.span(ID), JsonText.quote(id)).apply();
  }

  /** Whether the server offers tasks. */
  boolean offers() {
    return scan.type(OFFERED) == JsonType.OBJECT;
  }

  /** The same message, in which tasks are the only extension. */
  Payload offering() {
    return Splice.of(scan.payload())
        .insertMember(
            scan.span(CAPABILITIES), "extensions", "{" + JsonText.quote(Tasks.ID) + ":{}}")
        .apply();
  }
}
