package dev.turnpike.assembly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.seal.Seal;
import dev.turnpike.seal.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a process of the stable lane says to one of the experimental lane: who calls, and for which
 * alpha. Sealed with the keys that both have, bound to what is asked and good for some seconds. No
 * token and no key of a caller goes with it.
 */
final class LanePass {
  /** The field that it travels in. */
  static final String FIELD = "turnpike-lane";

  /** What the field says on the way back, where the alpha failed. */
  static final String FAILED = "failed";

  private static final Duration GOOD = Duration.ofSeconds(30);

  private final Seal seal;
  private final InstantSource wall;

  LanePass(Supplier<KeyRing> keys, RandomGenerator random, InstantSource wall) {
    this.seal = new Seal("lane", keys, random);
    this.wall = wall;
  }

  /** Who calls, for the alpha of that flag. */
  record Passed(String flag, Caller caller) {}

  String of(String flag, Caller caller, Inbound inbound) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("at", wall.millis());
    said.put("flag", flag);
    caller
        .workload()
        .ifPresent(one ->
            said.put(
                "workload",
                List.of(one.id(), one.trustDomain(), one.namespace(), one.serviceAccount())));
    caller
        .subject()
        .ifPresent(one -> {
          said.put("subject", List.of(one.subject(), one.client(), one.tenant()));
          said.put("groups", one.groups());
          said.put("scopes", one.scopes());
          said.put("claims", one.claims());
        });
    return seal.seal(JsonValue.write(said).getBytes(UTF_8), bound(inbound));
  }

  /** Empty for whatever was not said so, of this request, some moments ago. */
  Optional<Passed> open(Inbound inbound) {
    List<String> given = inbound.headers().all(FIELD);
    if (given.size() != 1) {
      return Optional.empty();
    }
    return seal.open(given.getFirst(), bound(inbound))
        .map(plain -> JsonValue.read(Payload.of(plain)))
        .flatMap(said -> said instanceof Map<?, ?> members ? read(members) : Optional.empty());
  }

  private Optional<Passed> read(Map<?, ?> said) {
    if (!(said.get("at") instanceof Number millis)
        || !(said.get("flag") instanceof String flag)
        || Duration.between(Instant.ofEpochMilli(millis.longValue()), wall.instant())
                .abs()
                .compareTo(GOOD)
            > 0) {
      return Optional.empty();
    }
    return Optional.of(new Passed(flag, new Caller(workload(said), subject(said))));
  }

  private static Optional<Workload> workload(Map<?, ?> said) {
    List<String> parts = texts(said, "workload");
    return parts.size() == 4
        ? Optional.of(new Workload(parts.get(0), parts.get(1), parts.get(2), parts.get(3)))
        : Optional.empty();
  }

  private static Optional<Subject> subject(Map<?, ?> said) {
    List<String> parts = texts(said, "subject");
    if (parts.size() != 3) {
      return Optional.empty();
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    if (said.get("claims") instanceof Map<?, ?> all) {
      all.forEach((name, value) -> claims.put(String.valueOf(name), value));
    }
    return Optional.of(
        new Subject(
            parts.get(0),
            parts.get(1),
            parts.get(2),
            texts(said, "groups"),
            texts(said, "scopes"),
            claims));
  }

  private static List<String> texts(Map<?, ?> said, String name) {
    return said.get(name) instanceof List<?> all
        ? all.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static List<String> bound(Inbound inbound) {
    List<String> bound = new ArrayList<>();
    bound.add(inbound.method());
    bound.add(inbound.path());
    bound.add(inbound.query());
    bound.add(Sha256.hex(new String(inbound.body().copy(), ISO_8859_1)));
    for (String name : new TreeSet<>(inbound.headers().startingWith("mcp-"))) {
      bound.add(name);
      bound.addAll(inbound.headers().all(name));
    }
    return bound;
  }
}
