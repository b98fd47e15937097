package dev.turnpike.expression;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.runtime.CelVariableResolver;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Workload;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words that an expression may use: their types, and their values for one call. */
final class Words {
  static final MapType OPEN = MapType.create(SimpleType.STRING, SimpleType.DYN);
  private static final ListType TEXTS = ListType.create(SimpleType.STRING);

  static final StructType WORKLOAD =
      struct("turnpike.Workload", texts("id", "trustDomain", "namespace", "serviceAccount"));
  static final StructType CALLER =
      struct(
          "turnpike.Caller",
          ImmutableMap.<String, CelType>builder()
              .put("workload", WORKLOAD)
              .putAll(texts("subject", "client", "tenant"))
              .put("groups", TEXTS)
              .put("scopes", TEXTS)
              .put("claims", OPEN)
              .buildOrThrow());
  static final StructType CALL =
      struct(
          "turnpike.Call",
          texts("protocol", "revision", "endpoint", "upstream", "verb", "target", "lane"));

  /** What there is, for whoever wrote a word that does not exist. */
  static final String ALL =
      "there is caller.{%s}, caller.workload.{%s}, call.{%s}, and args"
          .formatted(
              String.join(", ", CALLER.fieldNames()),
              String.join(", ", WORKLOAD.fieldNames()),
              String.join(", ", CALL.fieldNames()));

  static final CelTypeProvider TYPES =
      new CelTypeProvider() {
        @Override
        public ImmutableList<CelType> types() {
          return ImmutableList.of(WORKLOAD, CALLER, CALL);
        }

        @Override
        public Optional<CelType> findType(String name) {
          return types().stream().filter(type -> type.name().equals(name)).findAny();
        }
      };

  private static final Map<Verb, String> VERBS = lower(Verb.class);
  private static final Map<Lane, String> LANES = lower(Lane.class);

  private Words() {}

  private static <E extends Enum<E>> Map<E, String> lower(Class<E> words) {
    Map<E, String> lower = new EnumMap<>(words);
    for (E word : words.getEnumConstants()) {
      lower.put(word, word.name().toLowerCase(Locale.ROOT));
    }
    return lower;
  }

  static @Nullable String word(Verb verb) {
    return VERBS.get(verb);
  }

  static @Nullable String word(Lane lane) {
    return LANES.get(lane);
  }

  /** Each word is worked out when an expression reads it. */
  static CelVariableResolver of(Facts facts) {
    return word ->
        switch (word) {
          case "caller" -> Optional.of(caller(facts.caller()));
          case "call" -> Optional.of(call(facts.call(), facts.upstream()));
          case "args" -> Optional.of(facts.arguments());
          default -> Optional.empty();
        };
  }

  private static Map<String, Object> caller(Caller caller) {
    Map<String, Object> members = new LinkedHashMap<>();
    caller.workload().ifPresent(workload -> members.put("workload", workload(workload)));
    caller.subject().ifPresent(subject -> subject(subject, members));
    return members;
  }

  private static Map<String, Object> workload(Workload workload) {
    Map<String, Object> members = new LinkedHashMap<>();
    present(members, "id", workload.id());
    present(members, "trustDomain", workload.trustDomain());
    present(members, "namespace", workload.namespace());
    present(members, "serviceAccount", workload.serviceAccount());
    return members;
  }

  private static void subject(Subject subject, Map<String, Object> members) {
    present(members, "subject", subject.subject());
    present(members, "client", subject.client());
    present(members, "tenant", subject.tenant());
    members.put("groups", subject.groups());
    members.put("scopes", subject.scopes());
    members.put("claims", Claims.celMap(subject.claims()));
  }

  private static Map<String, Object> call(Call call, String upstream) {
    Map<String, Object> members = HashMap.newHashMap(CALL.fieldNames().size());
    members.put("protocol", call.protocol());
    members.put("revision", call.revision());
    members.put("endpoint", call.endpoint());
    members.put("upstream", upstream);
    members.put("verb", VERBS.get(call.verb()));
    call.target().map(Target::name).ifPresent(name -> members.put("target", name));
    members.put("lane", LANES.get(call.lane()));
    return members;
  }

  /** A part that a token or certificate leaves empty is missing, and not an empty text. */
  private static void present(Map<String, Object> members, String name, String value) {
    if (!value.isEmpty()) {
      members.put(name, value);
    }
  }

  private static ImmutableMap<String, CelType> texts(String... names) {
    ImmutableMap.Builder<String, CelType> fields = ImmutableMap.builder();
    for (String name : names) {
      fields.put(name, SimpleType.STRING);
    }
    return fields.buildOrThrow();
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }
}
