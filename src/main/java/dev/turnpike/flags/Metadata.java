package dev.turnpike.flags;

import dev.turnpike.rpc.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a flag says of itself, and what its stage demands that it says. */
final class Metadata {
  private static final Set<String> NAMES =
      Set.of(
          "kind",
          "stage",
          "locked",
          "default",
          "lane",
          "owner",
          "issue",
          "since",
          "expires",
          "description",
          "killSwitch",
          "maxConcurrency",
          "queueLimit",
          "tokenShare",
          "timeoutMs",
          "maxBytes",
          "maxDepth",
          "breakerErrorRate",
          "breakerP99Ms",
          "deprecatedIn",
          "replacement",
          "removeAfter",
          "scope");
  private static final List<String> OF_LANE =
      List.of("maxConcurrency", "queueLimit", "tokenShare", "timeoutMs", "breakerErrorRate");
  private static final List<String> OF_LANE_TOO = List.of("maxBytes", "maxDepth", "breakerP99Ms");
  private static final double LARGEST_SHARE = 0.05;
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_DEPTH = 32;

  private Metadata() {}

  static Optional<Flag> read(String key, Map<String, Object> body, Findings findings) {
    String where = "flags." + key;
    if (!(body.get("state") instanceof String state)
        || !Set.of("ENABLED", "DISABLED").contains(state)) {
      findings.add(where, "state must be ENABLED or DISABLED");
    }
    if (!Map.of("on", true, "off", false).equals(body.get("variants"))) {
      findings.add(where, "variants must be {\"on\": true, \"off\": false}");
    }
    if (!(body.get("defaultVariant") instanceof String variant)
        || !Set.of("on", "off").contains(variant)) {
      findings.add(where, "defaultVariant must be on or off");
    }
    if (body.containsKey("targeting") && !(body.get("targeting") instanceof Map<?, ?>)) {
      findings.add(where, "targeting must be an object: a rule of JsonLogic");
    }
    if (JsonValue.write(body.getOrDefault("targeting", "")).contains("$flagd.timestamp")) {
      findings.add(where, "targeting by time is not there: use expires, or switch the flag");
    }
    String at = where + ".metadata";
    Map<String, Object> said = findings.object(at, body.getOrDefault("metadata", Map.of()));
    findings.known(at, said, NAMES);
    Optional<Stage> stage = Stage.of(findings.text(at, said, "stage"));
    Optional<Kind> kind = Kind.of(findings.text(at, said, "kind"));
    if (stage.isEmpty()) {
      findings.add(at, "stage must be pre-alpha, alpha, beta, stable or deprecated");
    }
    if (kind.isEmpty()) {
      findings.add(at, "kind must be protocol, feature, kill-switch or ops");
    }
    if (stage.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    Flag flag =
        new Flag(
            key,
            kind.get(),
            stage.get(),
            findings.truth(at, said, "locked", false),
            findings.truth(at, said, "default", false),
            findings.optionalText(at, said, "description").orElse(""),
            findings.text(at, said, "owner"),
            findings.text(at, said, "since"),
            findings.day(at, said, "expires"),
            findings.optionalText(at, said, "killSwitch"),
            findings.day(at, said, "removeAfter"),
            stage.get() == Stage.ALPHA ? Optional.of(lane(said)) : Optional.empty());
    demanded(flag, body, said, at, findings);
    return Optional.of(flag);
  }

  // what is missing or too much is found by whoever looks at the limits one by one
  private static LaneLimits lane(Map<String, Object> said) {
    return new LaneLimits(
        Math.max(1, number(said, "maxConcurrency", 1).intValue()),
        number(said, "queueLimit", 0).intValue(),
        number(said, "tokenShare", 0).doubleValue(),
        Duration.ofMillis(Math.max(1, number(said, "timeoutMs", 1).longValue())),
        number(said, "maxBytes", MOST_BYTES).intValue(),
        number(said, "maxDepth", MOST_DEPTH).intValue(),
        number(said, "breakerErrorRate", 0).doubleValue(),
        Optional.ofNullable(said.get("breakerP99Ms"))
            .map(_ -> Duration.ofMillis(number(said, "breakerP99Ms", 1).longValue())));
  }

  private static Number number(Map<String, Object> said, String name, Number otherwise) {
    return said.get(name) instanceof Number number ? number : otherwise;
  }

  private static void demanded(
      Flag flag, Map<String, Object> body, Map<String, Object> said, String at, Findings findings) {
    boolean on = "on".equals(body.get("defaultVariant"));
    switch (flag.stage()) {
      case PRE_ALPHA -> off(flag, on, at, findings);
      case ALPHA -> {
        off(flag, on, at, findings);
        present(said, "expires", "the last day that it may be on", at, findings);
        present(said, "killSwitch", "such as gateway.alpha.all", at, findings);
        OF_LANE.forEach(name -> limit(said, name, at, findings));
        OF_LANE_TOO.stream()
            .filter(said::containsKey)
            .forEach(name -> limit(said, name, at, findings));
        if (!"experimental".equals(said.get("lane"))) {
          findings.add(at, "lane must be experimental: an alpha runs nowhere else");
        }
      }
      case BETA -> present(said, "expires", "when it has to be stable", at, findings);
      case STABLE -> {}
      case DEPRECATED -> {
        present(said, "removeAfter", "the day from which it may vanish", at, findings);
        present(said, "deprecatedIn", "the release that says so", at, findings);
      }
    }
    if (flag.locked() && flag.kind() == Kind.PROTOCOL) {
      findings.add(at, "a protocol is never locked: it may have to be turned off in a hurry");
    }
    if (flag.locked() && (body.containsKey("targeting") || on != flag.fallback())) {
      findings.add(at, "locked goes with no targeting, and with its default alone");
    }
  }

  private static void off(Flag flag, boolean on, String at, Findings findings) {
    if (on || flag.fallback()) {
      findings.add(
          at,
          "what is %s is off by default: defaultVariant off, default false"
              .formatted(flag.stage().word()));
    }
  }

  private static void present(
      Map<String, Object> said, String name, String what, String at, Findings findings) {
    if (!said.containsKey(name)) {
      findings.add(at, name + " is missing: " + what);
    }
  }

  private static void limit(Map<String, Object> said, String name, String at, Findings findings) {
    if (!(said.get(name) instanceof Number number) || number.doubleValue() < 0) {
      findings.add(at, name + " is missing: a number of 0 or more");
    } else if (name.equals("tokenShare") && number.doubleValue() > LARGEST_SHARE) {
      findings.add(at, "tokenShare may be at most " + LARGEST_SHARE);
    }
  }
}
