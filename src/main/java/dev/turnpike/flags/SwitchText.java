package dev.turnpike.flags;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Switches as JSON, where they are kept. */
public final class SwitchText {
  private static final ScanLimits LIMITS = new ScanLimits(8, 100_000);

  private SwitchText() {}

  /** One. */
  public static String write(Switched one) {
    return JsonValue.write(members(one));
  }

  /** Several. */
  public static String write(List<Switched> several) {
    return JsonValue.write(several.stream().map(SwitchText::members).toList());
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Switched read(String text) {
    return one(value(text));
  }

  /**
   * Reads several.
   *
   * @throws IllegalArgumentException where they are none
   */
  public static List<Switched> readAll(String text) {
    if (!(value(text) instanceof List<?> several)) {
      throw new IllegalArgumentException("not a list of switches");
    }
    return several.stream().map(SwitchText::one).toList();
  }

  private static Object value(String text) {
    Payload json = Payload.of(text);
    try {
      JsonScanner.scan(json, new Wanted(), LIMITS, Strictness.CALLER);
    } catch (MalformedJson malformed) {
      throw new IllegalArgumentException(malformed.getMessage());
    }
    return JsonValue.read(json);
  }

  private static Map<String, Object> members(Switched one) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("key", one.key());
    one.tenant().ifPresent(tenant -> members.put("tenant", tenant));
    members.put("value", one.on());
    members.put("reason", one.reason());
    members.put("by", one.by());
    members.put("since", one.since().toString());
    one.expires().ifPresent(moment -> members.put("expires", moment.toString()));
    return members;
  }

  private static Switched one(Object value) {
    if (!(value instanceof Map<?, ?> members) || !(members.get("value") instanceof Boolean on)) {
      throw new IllegalArgumentException("not a switch");
    }
    try {
      return new Switched(
          text(members, "key").orElseThrow(() -> new IllegalArgumentException("not a switch")),
          text(members, "tenant"),
          on,
          text(members, "reason").orElse(""),
          text(members, "by").orElse(""),
          text(members, "since").map(Instant::parse).orElse(Instant.EPOCH),
          text(members, "expires").map(Instant::parse));
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException("not a switch", unreadable);
    }
  }

  private static Optional<String> text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
