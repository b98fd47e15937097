package dev.turnpike.protocol.a2a.tree;

import dev.turnpike.protocol.a2a.tree.Kind.Message;
import java.util.List;
import java.util.Map;

/** The messages of A2A 1.0 that pass here. */
public final class Shapes {
  private static final Kind TEXT = new Kind.Text();
  private static final Kind TEXTS = new Kind.Many(TEXT);
  private static final Kind TRUTH = new Kind.Truth();
  private static final Kind WHOLE = new Kind.Whole();
  private static final Kind FREE = new Kind.Free();

  private static final Kind ROLE =
      new Kind.Word(List.of("ROLE_UNSPECIFIED", "ROLE_USER", "ROLE_AGENT"));
  private static final Kind STATE =
      new Kind.Word(
          List.of(
              "TASK_STATE_UNSPECIFIED",
              "TASK_STATE_SUBMITTED",
              "TASK_STATE_WORKING",
              "TASK_STATE_COMPLETED",
              "TASK_STATE_FAILED",
              "TASK_STATE_CANCELED",
              "TASK_STATE_INPUT_REQUIRED",
              "TASK_STATE_REJECTED",
              "TASK_STATE_AUTH_REQUIRED"));

  private static final Message PART =
      new Message(
          Map.of(
              "text", TEXT,
              "raw", TEXT,
              "url", TEXT,
              "data", new Kind.Anything(),
              "metadata", FREE,
              "filename", TEXT,
              "mediaType", TEXT),
          List.of(),
          List.of("text", "raw", "url", "data"));
  private static final Message MESSAGE =
      new Message(
          Map.of(
              "messageId", TEXT,
              "contextId", TEXT,
              "taskId", TEXT,
              "role", ROLE,
              "parts", new Kind.Many(PART),
              "metadata", FREE,
              "extensions", TEXTS,
              "referenceTaskIds", TEXTS),
          List.of("messageId", "role", "parts"),
          List.of());
  private static final Message CONFIGURATION =
      new Message(
          Map.of(
              "acceptedOutputModes", TEXTS,
              "taskPushNotificationConfig", FREE,
              "historyLength", WHOLE,
              "returnImmediately", TRUTH),
          List.of(),
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
          List.of(),
          List.of());
  private static final Message STATUS =
      new Message(
          Map.of("state", STATE, "message", MESSAGE, "timestamp", TEXT), List.of(), List.of());

  /** Asks an agent to do something. */
  public static final Shape SEND =
      request(
          Map.of(
              "tenant", TEXT, "message", MESSAGE, "configuration", CONFIGURATION, "metadata", FREE),
          "message");

  public static final Shape GET_TASK =
      request(Map.of("tenant", TEXT, "id", TEXT, "historyLength", WHOLE), "id");

  public static final Shape CANCEL_TASK =
      request(Map.of("tenant", TEXT, "id", TEXT, "metadata", FREE), "id");

  public static final Shape SUBSCRIBE_TO_TASK = request(Map.of("tenant", TEXT, "id", TEXT), "id");

  public static final Shape LIST_TASKS =
      new Shape(
          new Message(
              Map.of(
                  "tenant", TEXT,
                  "contextId", TEXT,
                  "status", STATE,
                  "pageSize", WHOLE,
                  "pageToken", TEXT,
                  "historyLength", WHOLE,
                  "statusTimestampAfter", TEXT,
                  "includeArtifacts", TRUTH),
              List.of(),
              List.of()),
          false);

  private static final Message TASK_MEMBERS =
      new Message(
          Map.of(
              "id", TEXT,
              "contextId", TEXT,
              "status", STATUS,
              "artifacts", new Kind.Many(ARTIFACT),
              "history", new Kind.Many(MESSAGE),
              "metadata", FREE),
          List.of("id", "status"),
          List.of());
  private static final Message STATUS_UPDATE =
      new Message(
          Map.of("taskId", TEXT, "contextId", TEXT, "status", STATUS, "metadata", FREE),
          List.of("taskId"),
          List.of());
  private static final Message ARTIFACT_UPDATE =
      new Message(
          Map.of(
              "taskId", TEXT,
              "contextId", TEXT,
              "artifact", ARTIFACT,
              "append", TRUTH,
              "lastChunk", TRUTH,
              "metadata", FREE),
          List.of("taskId"),
          List.of());

  public static final Shape TASK = new Shape(TASK_MEMBERS, true);

  /** What a message comes to: a task, or another message. */
  public static final Shape SENT = answer(Map.of("task", TASK_MEMBERS, "message", MESSAGE));

  /** One event of a stream. */
  public static final Shape EVENT =
      answer(
          Map.of(
              "task", TASK_MEMBERS,
              "message", MESSAGE,
              "statusUpdate", STATUS_UPDATE,
              "artifactUpdate", ARTIFACT_UPDATE));

  public static final Shape TASKS =
      new Shape(
          new Message(
              Map.of(
                  "tasks", new Kind.Many(TASK_MEMBERS),
                  "nextPageToken", TEXT,
                  "pageSize", WHOLE,
                  "totalSize", WHOLE),
              List.of(),
              List.of()),
          true);

  private Shapes() {}

  private static Shape request(Map<String, Kind> members, String needed) {
    return new Shape(new Message(members, List.of(needed), List.of()), false);
  }

  private static Shape answer(Map<String, Kind> members) {
    return new Shape(
        new Message(members, List.of(), members.keySet().stream().sorted().toList()), true);
  }
}
