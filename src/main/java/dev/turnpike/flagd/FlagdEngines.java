package dev.turnpike.flagd;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import dev.turnpike.flags.Circumstances;
import dev.turnpike.flags.Engine;
import dev.turnpike.flags.FlagSet;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Engines of flagd. There is one provider, which takes each set in the place of the one before: an
 * engine is good until the next is made. It is made on a thread that may wait.
 */
public final class FlagdEngines implements AutoCloseable {
  /**
   * Says which set it is that the provider evaluates; no flag of a file has a blank in its name.
   */
  private static final String GENERATION = "the set";

  private static final AtomicInteger DOMAINS = new AtomicInteger();
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int STEP_MILLIS = 5;
  private static final int BEFORE_ANY = -1;

  private final String domain = "turnpike-" + DOMAINS.incrementAndGet();
  private final Documents documents = new Documents();
  private final FlagdProvider provider;
  private final Client client;
  private int generation;
  private String last = numbered(FlagSet.NONE.document(), 0);

  /** Starts the provider. */
  public FlagdEngines() {
    documents.take(last);
    this.provider =
        new FlagdProvider(
            FlagdOptions.builder()
                .resolverType(Config.Resolver.IN_PROCESS)
                .customConnector(documents)
                .deadline(PATIENCE_MILLIS)
                .build());
    OpenFeatureAPI.getInstance().setProviderAndWait(domain, provider);
    this.client = OpenFeatureAPI.getInstance().getClient(domain);
  }

  /**
   * The engine of that set.
   *
   * @throws IllegalArgumentException where flagd does not take it; then the one before is good
   */
  public synchronized Engine of(FlagSet set) {
    String before = last;
    int number = ++generation;
    String document = numbered(set.document(), number);
    documents.take(document);
    for (int waited = 0; number() != number; waited += STEP_MILLIS) {
      if (waited >= PATIENCE_MILLIS) {
        documents.take(before);
        throw new IllegalArgumentException("flagd does not take the flag files; its log says more");
      }
      LockSupport.parkNanos(STEP_MILLIS * 1_000_000L);
    }
    last = document;
    return this::ask;
  }

  private int number() {
    return client.getIntegerValue(GENERATION, BEFORE_ANY);
  }

  private static String numbered(String document, int number) {
    Map<String, Object> whole = members(JsonValue.read(Payload.of(document)));
    Map<String, Object> flags = members(whole.getOrDefault("flags", Map.of()));
    flags.put(
        GENERATION,
        Map.of("state", "ENABLED", "variants", Map.of("n", number), "defaultVariant", "n"));
    whole.put("flags", flags);
    return JsonValue.write(whole);
  }

  private static Map<String, Object> members(Object value) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, member) -> members.put(String.valueOf(name), member));
    }
    return members;
  }

  private Engine.Answer ask(String key, boolean fallback, Circumstances circumstances) {
    Map<String, Value> words = new LinkedHashMap<>();
    circumstances.words().forEach((name, word) -> words.put(name, new Value(word)));
    FlagEvaluationDetails<Boolean> told =
        client.getBooleanDetails(
            key, fallback, new ImmutableContext(circumstances.tenant(), words));
    return told.getErrorCode() == null
        ? new Engine.Answer(told.getValue(), "its file: " + reason(told))
        : new Engine.Answer(fallback, "its file cannot say: " + told.getErrorMessage());
  }

  private static String reason(FlagEvaluationDetails<Boolean> told) {
    return String.valueOf(told.getReason()).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void close() {
    provider.shutdown();
  }
}
