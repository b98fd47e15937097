package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What both sides say, from 0.3 to 1.0. It has been read in the shape of 0.3. */
final class ToCurrent {
  private ToCurrent() {}

  static Map<String, Object> message(Map<String, Object> old, String path) throws Misshapen {
    return new Members(old, path)
        .keep("messageId")
        .keepText("contextId", "taskId")
        .put("role", Words.role(Members.text(old.get("role"))))
        .each("parts", ToCurrent::part)
        .keep("metadata", "extensions", "referenceTaskIds")
        .done();
  }

  static Map<String, Object> part(Map<String, Object> old, String path) {
    Map<String, Object> file = Members.object(old.get("file"));
    if (!file.isEmpty()) {
      Map<String, Object> part =
          new Members(file, path)
              .rename("bytes", "raw")
              .rename("uri", "url")
              .rename("name", "filename")
              .rename("mimeType", "mediaType")
              .done();
      part.putAll(new Members(old, path).keep("metadata").done());
      return part;
    }
    Map<String, Object> metadata = Members.object(old.get("metadata"));
    Map<String, Object> data = Members.object(old.get("data"));
    if (data.keySet().equals(ToOld.WRAPPED)
        && Boolean.TRUE.equals(metadata.get(ToOld.WRAPPED_FLAG))) {
      return unwrapped(data, metadata, path);
    }
    return new Members(old, path).keep("text", "data", "metadata").done();
  }

  private static Map<String, Object> unwrapped(
      Map<String, Object> data, Map<String, Object> metadata, String path) {
    Map<String, Object> part = new Members(data, path).rename("value", "data").done();
    Map<String, Object> rest = new LinkedHashMap<>(metadata);
    rest.remove(ToOld.WRAPPED_FLAG);
    if (!rest.isEmpty()) {
      part.put("metadata", rest);
    }
    return part;
  }

  static Map<String, Object> task(Map<String, Object> old, String path) throws Misshapen {
    return new Members(old, path)
        .keep("id")
        .keepText("contextId")
        .one("status", ToCurrent::status)
        .each("artifacts", ToCurrent::artifact)
        .each("history", ToCurrent::message)
        .keep("metadata")
        .done();
  }

  static Map<String, Object> artifact(Map<String, Object> old, String path) throws Misshapen {
    return new Members(old, path)
        .keep("artifactId", "name", "description")
        .each("parts", ToCurrent::part)
        .keep("metadata", "extensions")
        .done();
  }

  static Map<String, Object> status(Map<String, Object> old, String path) throws Misshapen {
    Members members =
        new Members(old, path)
            .put("state", Words.state(Members.text(old.get("state"))))
            .one("message", ToCurrent::message);
    String timestamp = Members.text(old.get("timestamp"));
    if (!timestamp.isEmpty()) {
      members.put("timestamp", Timestamps.current(timestamp, members.below("timestamp")));
    }
    return members.done();
  }

  static Map<String, Object> statusUpdate(Map<String, Object> old, String path) throws Misshapen {
    return new Members(old, path)
        .keep("taskId")
        .keepText("contextId")
        .one("status", ToCurrent::status)
        .keep("metadata")
        .done();
  }

  static Map<String, Object> artifactUpdate(Map<String, Object> old, String path) throws Misshapen {
    return new Members(old, path)
        .keep("taskId")
        .keepText("contextId")
        .one("artifact", ToCurrent::artifact)
        .keep("append", "lastChunk", "metadata")
        .done();
  }

  /** Of several schemes 1.0 can only name the first. */
  static Map<String, Object> push(Map<String, Object> old, String path) throws Misshapen {
    return new Members(old, path)
        .keep("id", "url", "token")
        .one(
            "authentication",
            (authentication, below) -> {
              Members members = new Members(authentication, below);
              if (authentication.get("schemes") instanceof List<?> schemes && !schemes.isEmpty()) {
                members.put("scheme", schemes.getFirst());
              }
              return members.keep("credentials").done();
            })
        .done();
  }
}
