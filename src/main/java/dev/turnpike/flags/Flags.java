package dev.turnpike.flags;

import dev.turnpike.flags.Decision.Because;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What holds: the flags of the files, their targeting, and what administrators have switched.
 * Immutable; an alpha is off wherever something is not known.
 *
 * @param files whether the flags come from files; without, every alpha is off
 */
public record Flags(FlagSet set, Engine engine, Switches switches, boolean files) {
  /** Turns every alpha off, besides the kill switch that its file names. */
  public static final String ALPHAS = "gateway.alpha.all";

  /** The flag of that key, also one that the program knows and no file. */
  public static FlagSet completed(FlagSet set, Map<String, Stage> known) {
    Map<String, Flag> all = new TreeMap<>(set.flags());
    known.forEach((key, stage) -> all.putIfAbsent(key, Flag.withoutFile(key, stage)));
    return new FlagSet(all, set.document());
  }

  /** Whether it is on in these circumstances at that moment. */
  public Decision decide(String key, Circumstances circumstances, Instant now) {
    Optional<Flag> flag = set.named(key);
    if (flag.isEmpty()) {
      return new Decision(false, Because.UNKNOWN, "there is no such flag");
    }
    return decide(flag.get(), circumstances, now);
  }

  private Decision decide(Flag flag, Circumstances circumstances, Instant now) {
    switch (flag.stage()) {
      case PRE_ALPHA -> {
        return new Decision(false, Because.STAGE, "what is pre-alpha is off");
      }
      case ALPHA -> {
        Optional<Decision> off = unknown(flag);
        if (off.isPresent()) {
          return off.get();
        }
        if (flag.expired(now.atZone(ZoneOffset.UTC).toLocalDate())) {
          return new Decision(
              false, Because.EXPIRED, "it expired on " + flag.expires().orElseThrow());
        }
      }
      case BETA, STABLE, DEPRECATED -> {}
    }
    Optional<Decision> killed =
        killSwitches(flag)
            .filter(key -> !decide(key, circumstances, now).on())
            .findFirst()
            .map(key -> new Decision(false, Because.KILL_SWITCH, key + " is off"));
    return killed.orElseGet(() -> switched(flag, circumstances, now));
  }

  private Stream<String> killSwitches(Flag flag) {
    Stream<String> all =
        flag.stage() == Stage.ALPHA && set.named(ALPHAS).isPresent()
            ? Stream.of(ALPHAS)
            : Stream.empty();
    return Stream.concat(all, flag.killSwitch().stream());
  }

  private Optional<Decision> unknown(Flag flag) {
    if (!files || flag.owner().isEmpty()) {
      return Optional.of(new Decision(false, Because.STAGE, "an alpha without its file is off"));
    }
    return switches.read()
        ? Optional.empty()
        : Optional.of(
            new Decision(
                false, Because.STAGE, "an alpha is off until what was switched could be read"));
  }

  private Decision switched(Flag flag, Circumstances circumstances, Instant now) {
    if (!flag.locked()) {
      Optional<Switched> by =
          switches
              .ofAll(flag.key(), now)
              // who turns something off for all has no tenant in mind that is to keep it
              .filter(one ->
                  !one.on()
                      && (flag.kind() == Kind.KILL_SWITCH || one.by().equals(Switched.BREAKER)))
              .or(() -> switches.of(flag.key(), circumstances.tenant(), now));
      if (by.isPresent()) {
        Switched one = by.get();
        return new Decision(
            one.on(),
            one.tenant().isPresent() ? Because.TENANT : Because.ALL,
            "switched by " + one.by() + ": " + one.reason());
      }
    }
    Engine.Answer answer = engine.ask(flag.key(), flag.fallback(), circumstances);
    return new Decision(answer.on(), Because.FILE, answer.why());
  }
}
