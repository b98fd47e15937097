package dev.turnpike.protocol.a2a;

import dev.turnpike.rpc.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Whatever may be said in A2A 1.0, at random: canonical, and of what other forms can hold too. */
public final class Said {
  private static final List<String> STATES =
      List.of("SUBMITTED", "WORKING", "COMPLETED", "CANCELED", "INPUT_REQUIRED", "UNSPECIFIED");
  private static final List<String> PIECES =
      List.of(
          "a", "Z9", "-", "_", "~", ":", "/", "%", "%z", ";", "?", "#", "+", " ", "é", "😀", "@");

  private final SplittableRandom random;

  public Said(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public Map<String, Object> send() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("message", message());
    maybe(all, "configuration", this::configuration);
    maybe(all, "metadata", this::object);
    return all;
  }

  public Map<String, Object> event() {
    return switch (random.nextInt(4)) {
      case 0 -> Map.of("message", message());
      case 1 -> Map.of("task", task());
      case 2 -> Map.of("statusUpdate", update("status", status()));
      default -> Map.of("artifactUpdate", update("artifact", artifact()));
    };
  }

  /** Without an id that no path can hold. */
  public Map<String, Object> getTask() {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("id", id()));
    maybe(all, "historyLength", () -> (long) random.nextInt(100));
    maybe(all, "tenant", this::id);
    return all;
  }

  public Map<String, Object> cancelTask() {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("id", id()));
    maybe(all, "metadata", this::object);
    maybe(all, "tenant", this::id);
    return all;
  }

  public Map<String, Object> listTasks() {
    Map<String, Object> all = new LinkedHashMap<>();
    maybe(all, "contextId", this::text);
    maybe(all, "status", this::state);
    maybe(all, "pageSize", () -> 1L + random.nextInt(100));
    maybe(all, "pageToken", this::text);
    maybe(all, "includeArtifacts", random::nextBoolean);
    maybe(all, "tenant", this::id);
    return all;
  }

  public Map<String, Object> task() {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("id", text(), "status", status()));
    maybe(all, "contextId", this::text);
    maybe(all, "artifacts", () -> several(this::artifact));
    maybe(all, "history", () -> several(this::message));
    maybe(all, "metadata", this::object);
    return all;
  }

  private Map<String, Object> update(String name, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("taskId", text(), name, value));
    maybe(all, "contextId", this::text);
    maybe(all, "metadata", this::object);
    return all;
  }

  private Map<String, Object> configuration() {
    Map<String, Object> all =
        new LinkedHashMap<>(Map.of("returnImmediately", random.nextBoolean()));
    maybe(all, "acceptedOutputModes", () -> several(this::text));
    maybe(all, "historyLength", () -> (long) random.nextInt(9));
    return all;
  }

  private Map<String, Object> message() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("messageId", text());
    all.put("role", random.nextBoolean() ? "ROLE_USER" : "ROLE_AGENT");
    all.put("parts", several(this::part));
    maybe(all, "contextId", this::text);
    maybe(all, "taskId", this::text);
    maybe(all, "metadata", this::object);
    maybe(all, "extensions", () -> several(this::text));
    maybe(all, "referenceTaskIds", () -> several(this::text));
    return all;
  }

  private Map<String, Object> part() {
    Map<String, Object> all = new LinkedHashMap<>();
    maybe(all, "metadata", this::object);
    switch (random.nextInt(3)) {
      case 0 -> all.put("text", text());
      case 1 -> all.put("data", any());
      default -> {
        all.put(random.nextBoolean() ? "raw" : "url", text());
        maybe(all, "filename", this::text);
        maybe(all, "mediaType", this::text);
      }
    }
    return all;
  }

  private Map<String, Object> artifact() {
    Map<String, Object> all =
        new LinkedHashMap<>(Map.of("artifactId", text(), "parts", several(this::part)));
    maybe(all, "name", this::text);
    maybe(all, "description", this::text);
    return all;
  }

  private Map<String, Object> status() {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("state", state()));
    maybe(all, "message", this::message);
    maybe(all, "timestamp", () -> "2026-01-0" + (1 + random.nextInt(9)) + "T10:00:00.123Z");
    return all;
  }

  private String state() {
    return "TASK_STATE_" + STATES.get(random.nextInt(STATES.size()));
  }

  private Object any() {
    return switch (random.nextInt(6)) {
      case 0 -> text();
      case 1 -> (long) random.nextInt();
      case 2 -> random.nextBoolean();
      case 3 -> JsonValue.NULL;
      case 4 -> several(this::text);
      default -> object();
    };
  }

  private Map<String, Object> object() {
    return Map.of(text(), text(), "value", (long) random.nextInt(5));
  }

  private String id() {
    return "x" + text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    // two pieces that happen to be one that is encoded
    return text.toString().replaceAll("%[0-9A-Fa-f]{2}", "");
  }

  private List<Object> several(Supplier<Object> one) {
    List<Object> all = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      all.add(one.get());
    }
    return all;
  }

  private void maybe(Map<String, Object> all, String name, Supplier<Object> value) {
    if (random.nextInt(2) == 0) {
      all.put(name, value.get());
    }
  }
}
