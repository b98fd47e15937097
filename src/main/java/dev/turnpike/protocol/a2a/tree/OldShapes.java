package dev.turnpike.protocol.a2a.tree;

import dev.turnpike.protocol.a2a.tree.Kind.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages of A2A 0.3 over JSON-RPC, in which {@code kind} tells what a thing is. What no
 * reader of 0.3 knows is left out of all of them, since none of them is passed on as it is.
 */
public final class OldShapes {
  private static final Kind TEXT = new Kind.Text();
  private static final Kind TEXTS = new Kind.Many(TEXT);
  private static final Kind TRUTH = new Kind.Truth();
  private static final Kind WHOLE = new Kind.Whole();
  private static final Kind FREE = new Kind.Free();

  private static final Kind STATE =
      new Kind.Name(
          List.of(
              "submitted",
              "working",
              "input-required",
              "completed",
              "canceled",
              "failed",
              "rejected",
              "auth-required",
              "unknown"));

  private static final Message FILE =
      new Message(
          Map.of("bytes", TEXT, "uri", TEXT, "name", TEXT, "mimeType", TEXT),
          List.of(),
          List.of("bytes", "uri"));
  private static final Kind PART =
      new Kind.Tagged(
          new TreeMap<>(Map.of("text", part("text"), "file", part("file"), "data", part("data"))));
  private static final Message MESSAGE =
      new Message(
          Map.of(
              "kind", kind("message"),
              "messageId", TEXT,
              "contextId", TEXT,
              "taskId", TEXT,
              "role", new Kind.Name(List.of("user", "agent")),
              "parts", new Kind.Many(PART),
              "metadata", FREE,
              "extensions", TEXTS,
              "referenceTaskIds", TEXTS),
          List.of("messageId", "role", "parts"),
          List.of());
  private static final Message PUSH =
      new Message(
          Map.of(
              "id",
              TEXT,
              "url",
              TEXT,
              "token",
              TEXT,
              "authentication",
              new Message(
                  Map.of("schemes", TEXTS, "credentials", TEXT), List.of("schemes"), List.of())),
          List.of("url"),
          List.of());
  private static final Message CONFIGURATION =
      new Message(
          Map.of(
              "acceptedOutputModes", TEXTS,
              "pushNotificationConfig", PUSH,
              "historyLength", WHOLE,
              "blocking", TRUTH),
          List.of(),
          List.of());
  private static final Message STATUS =
      new Message(
          Map.of("state", STATE, "message", MESSAGE, "timestamp", TEXT),
          List.of("state"),
          List.of());
  private static final Message ARTIFACT =
      new Message(
          Map.of(
              "artifactId", TEXT,
              "name", TEXT,
              "description", TEXT,
              "parts", new Kind.Many(PART),
              "metadata", FREE,
              "extensions", TEXTS),
          List.of("artifactId", "parts"),
          List.of());
  private static final Message TASK_MEMBERS =
      new Message(
          Map.of(
              "kind", kind("task"),
              "id", TEXT,
              "contextId", TEXT,
              "status", STATUS,
              "artifacts", new Kind.Many(ARTIFACT),
              "history", new Kind.Many(MESSAGE),
              "metadata", FREE),
          List.of("id", "status"),
          List.of());
  private static final Message STATUS_UPDATE =
      update(Map.of("status", STATUS, "final", TRUTH), "status");
  private static final Message ARTIFACT_UPDATE =
      update(Map.of("artifact", ARTIFACT, "append", TRUTH, "lastChunk", TRUTH), "artifact");

  /** {@code message/send} and {@code message/stream}. */
  public static final Shape SEND =
      shape(
          Map.of("message", MESSAGE, "configuration", CONFIGURATION, "metadata", FREE), "message");

  /** {@code tasks/get}. */
  public static final Shape GET_TASK =
      shape(Map.of("id", TEXT, "historyLength", WHOLE, "metadata", FREE), "id");

  /** {@code tasks/cancel} and {@code tasks/resubscribe}. */
  public static final Shape TASK_ID = shape(Map.of("id", TEXT, "metadata", FREE), "id");

  public static final Shape TASK = new Shape(TASK_MEMBERS, false);

  /** What a message comes to: a task, or another message. */
  public static final Shape SENT =
      new Shape(
          new Kind.Tagged(new TreeMap<>(Map.of("task", TASK_MEMBERS, "message", MESSAGE))), false);

  /** One event of a stream. */
  public static final Shape EVENT =
      new Shape(
          new Kind.Tagged(
              new TreeMap<>(
                  Map.of(
                      "task", TASK_MEMBERS,
                      "message", MESSAGE,
                      "status-update", STATUS_UPDATE,
                      "artifact-update", ARTIFACT_UPDATE))),
          false);

  private OldShapes() {}

  private static Kind kind(String name) {
    return new Kind.Name(List.of(name));
  }

  private static Message part(String tag) {
    return new Message(
        Map.of("kind", kind(tag), "text", TEXT, "file", FILE, "data", FREE, "metadata", FREE),
        List.of(tag),
        List.of("text", "file", "data"));
  }

  private static Message update(Map<String, Kind> own, String needed) {
    Map<String, Kind> members = new LinkedHashMap<>(own);
    members.put("kind", TEXT);
    members.put("taskId", TEXT);
    members.put("contextId", TEXT);
    members.put("metadata", FREE);
    return new Message(members, List.of("taskId", needed), List.of());
  }

  private static Shape shape(Map<String, Kind> members, String needed) {
    return new Shape(new Message(members, List.of(needed), List.of()), false);
  }
}
