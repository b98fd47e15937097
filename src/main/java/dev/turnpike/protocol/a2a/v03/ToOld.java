package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What both sides say, from 1.0 to 0.3. It is in the canonical form. */
final class ToOld {
  /** Says that data stands in an object only because 0.3 knows no other data. */
  static final String WRAPPED_FLAG = "data_part_compat";

  static final Set<String> WRAPPED = Set.of("value");

  private ToOld() {}

  static Map<String, Object> message(Map<String, Object> message, String path) throws Misshapen {
    Members members = new Members(message, path).put("kind", "message").keep("messageId");
    return members
        .keepText("contextId", "taskId")
        .put("role", Words.oldRole(Members.text(message.get("role")), members.below("role")))
        .each("parts", ToOld::part)
        .keep("metadata", "extensions", "referenceTaskIds")
        .done();
  }

  /** The file name and the media type of a text and of data stay behind. */
  static Map<String, Object> part(Map<String, Object> part, String path) {
    Members members = new Members(part, path);
    if (part.containsKey("text")) {
      return members.put("kind", "text").keep("text", "metadata").done();
    }
    if (part.containsKey("data")) {
      return data(members, part);
    }
    return members
        .put("kind", "file")
        .put(
            "file",
            new Members(part, path)
                .rename("raw", "bytes")
                .rename("url", "uri")
                .rename("filename", "name")
                .rename("mediaType", "mimeType")
                .done())
        .keep("metadata")
        .done();
  }

  private static Map<String, Object> data(Members members, Map<String, Object> part) {
    members.put("kind", "data");
    if (part.get("data") instanceof Map<?, ?>) {
      return members.keep("data", "metadata").done();
    }
    Map<String, Object> metadata = new LinkedHashMap<>(Members.object(part.get("metadata")));
    metadata.put(WRAPPED_FLAG, true);
    Map<String, Object> wrapped = new Members(part, "").rename("data", "value").done();
    return members.put("data", wrapped).put("metadata", metadata).done();
  }

  static Map<String, Object> task(Map<String, Object> task, String path) throws Misshapen {
    return new Members(task, path)
        .put("kind", "task")
        .keep("id")
        .put("contextId", Members.text(task.get("contextId")))
        .one("status", ToOld::status)
        .each("artifacts", ToOld::artifact)
        .each("history", ToOld::message)
        .keep("metadata")
        .done();
  }

  static Map<String, Object> artifact(Map<String, Object> artifact, String path) throws Misshapen {
    return new Members(artifact, path)
        .put("artifactId", Members.text(artifact.get("artifactId")))
        .keep("name", "description")
        .put("parts", List.of())
        .each("parts", ToOld::part)
        .keep("metadata", "extensions")
        .done();
  }

  static Map<String, Object> status(Map<String, Object> status, String path) throws Misshapen {
    return new Members(status, path)
        .put("state", Words.oldState(Members.text(status.get("state"))))
        .one("message", ToOld::message)
        .keepText("timestamp")
        .done();
  }

  /**
   * The readers of 0.3 leave a stream at {@code final}.
   *
   * @param last whether the stream is known to end with it, in whatever state the task is
   */
  static Map<String, Object> statusUpdate(Map<String, Object> update, boolean last)
      throws Misshapen {
    Members members =
        update(update, "status-update", "statusUpdate")
            .put("status", Map.of("state", Words.UNKNOWN))
            .one("status", ToOld::status);
    String state = Words.oldState(Members.text(Members.object(update.get("status")).get("state")));
    return members.put("final", last || Words.isTerminal(state)).keep("metadata").done();
  }

  static Map<String, Object> artifactUpdate(Map<String, Object> update) throws Misshapen {
    return update(update, "artifact-update", "artifactUpdate")
        .put("artifact", Map.of("artifactId", "", "parts", List.of()))
        .one("artifact", ToOld::artifact)
        .keep("append", "lastChunk", "metadata")
        .done();
  }

  private static Members update(Map<String, Object> update, String kind, String path) {
    return new Members(update, path)
        .put("kind", kind)
        .keep("taskId")
        .put("contextId", Members.text(update.get("contextId")));
  }

  static Map<String, Object> push(Map<String, Object> push, String path) throws Misshapen {
    return new Members(push, path)
        .keep("id", "url", "token")
        .one(
            "authentication",
            (authentication, below) -> {
              Object scheme = authentication.get("scheme");
              return new Members(authentication, below)
                  .put("schemes", scheme instanceof String ? List.of(scheme) : List.of())
                  .keep("credentials")
                  .done();
            })
        .done();
  }
}
