package dev.turnpike.flags;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one file: flagd's JSON with exactly one flag, named as the file is.
 *
 * @param name with {@code .json} at its end
 * @param flag what the file says of it
 * @param definition for flagd, as JSON
 * @param evaluators rules that targeting refers to, by name
 */
record FlagFile(String name, Flag flag, Object definition, Map<String, Object> evaluators) {
  static final String SUFFIX = ".json";

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9.-]{0,127}");
  private static final ScanLimits LIMITS = new ScanLimits(64, 10_000);
  private static final Set<String> MEMBERS = Set.of("$schema", "$evaluators", "flags", "metadata");
  private static final Set<String> OF_FLAG =
      Set.of("state", "variants", "defaultVariant", "targeting", "metadata");

  /** Reads it, and adds what is wrong to the problems; empty where something is. */
  static Optional<FlagFile> read(String name, byte[] content, List<String> problems) {
    List<String> mine = new ArrayList<>();
    Optional<FlagFile> read = read(name, content, new Findings(name, mine));
    problems.addAll(mine);
    return mine.isEmpty() ? read : Optional.empty();
  }

  private static Optional<FlagFile> read(String name, byte[] content, Findings findings) {
    Payload json = Payload.of(content);
    try {
      JsonScanner.scan(json, new Wanted(), LIMITS, Strictness.CALLER);
    } catch (MalformedJson malformed) {
      findings.add("", "is not JSON that is taken: " + malformed.getMessage());
      return Optional.empty();
    }
    Map<String, Object> root = findings.object("", JsonValue.read(json));
    findings.known("", root, MEMBERS);
    Map<String, Object> flags = findings.object("flags", root.getOrDefault("flags", Map.of()));
    String key = name.substring(0, name.length() - SUFFIX.length());
    if (!flags.keySet().equals(Set.of(key)) || !KEY.matcher(key).matches()) {
      findings.add("flags", "expected one flag, with the name of the file: '" + key + "'");
      return Optional.empty();
    }
    Map<String, Object> body = findings.object("flags." + key, flags.getOrDefault(key, Map.of()));
    findings.known("flags." + key, body, OF_FLAG);
    Map<String, Object> shared =
        findings.object("$evaluators", root.getOrDefault("$evaluators", Map.of()));
    return Metadata.read(key, body, findings).map(flag -> new FlagFile(name, flag, body, shared));
  }
}
