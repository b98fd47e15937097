package dev.turnpike.flags;

import dev.turnpike.exchange.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which flags hold at this moment. What was decided for somebody is kept until something changes,
 * so that who asks again waits for a look into a table. Thread-safe; never blocks.
 */
public final class Board {
  private static final int MOST_KEPT = 10_000;

  private record Question(String key, Circumstances circumstances) {}

  /** Decisions that are good until that moment. */
  private record Kept(Flags flags, Instant until, Map<Question, Decision> decisions) {}

  private final Map<String, Stage> known;
  private final Function<FlagSet, Engine> engines;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Kept kept;
  private Flags told;

  /**
   * @param known flags that the program asks for, with the stage that they have without a file
   * @param engines makes what evaluates a set; fails where the set cannot be evaluated
   */
  public Board(Map<String, Stage> known, Function<FlagSet, Engine> engines, InstantSource clock) {
    this.known = Map.copyOf(known);
    this.engines = engines;
    this.clock = clock;
    this.kept = kept(new Flags(completed(FlagSet.NONE), Engine.NONE, Switches.UNREAD, false));
    this.told = kept.flags();
  }

  private FlagSet completed(FlagSet set) {
    return Flags.completed(set, known);
  }

  /** Has somebody told of each change, after it, on the thread of the change. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Puts these files in force. */
  public void files(FlagSet set) {
    Engine engine = engines.apply(set);
    change(flags -> new Flags(completed(set), engine, flags.switches(), true));
  }

  /** There are no files any more: alphas are off, what was released is on. */
  public void filesLost() {
    change(flags -> new Flags(completed(FlagSet.NONE), Engine.NONE, flags.switches(), false));
  }

  /** Puts these switches in force; unknown keys among them are nobody's. */
  public void switches(Switches switches) {
    if (!switches.equals(inForce().switches())) {
      change(flags -> new Flags(flags.set(), flags.engine(), switches, flags.files()));
    }
  }

  private void change(Function<Flags, Flags> next) {
    synchronized (this) {
      kept = kept(next.apply(kept.flags()));
    }
    tell();
  }

  private void tell() {
    synchronized (this) {
      if (told == kept.flags()) {
        return;
      }
      told = kept.flags();
    }
    @Nullable RuntimeException failed = null;
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException bug) {
        failed = bug;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** What holds. */
  public Flags inForce() {
    return kept.flags();
  }

  /** Whether the flag is on for the caller at that endpoint, now. */
  public boolean on(String key, Caller caller, String endpoint) {
    return decide(key, Circumstances.of(caller, endpoint)).on();
  }

  /** Whether the flag is on there, now, and why. */
  public Decision decide(String key, Circumstances circumstances) {
    Instant now = clock.instant();
    Kept current = kept;
    if (!now.isBefore(current.until())) {
      current = lapsed(current, now);
    }
    Question question = new Question(key, circumstances);
    Decision decided = current.decisions().get(question);
    if (decided == null) {
      decided = current.flags().decide(key, circumstances, now);
      if (current.decisions().size() >= MOST_KEPT) {
        current.decisions().clear();
      }
      current.decisions().put(question, decided);
    }
    return decided;
  }

  // something has expired by itself
  private synchronized Kept lapsed(Kept seen, Instant now) {
    if (seen == kept) {
      Flags flags = seen.flags();
      kept = kept(new Flags(flags.set(), flags.engine(), flags.switches().at(now), flags.files()));
    }
    return kept;
  }

  /** Tells listeners of what has expired since they were told; to be called now and then. */
  public void sweep() {
    Kept seen = kept;
    Instant now = clock.instant();
    if (!now.isBefore(seen.until())) {
      lapsed(seen, now);
    }
    tell();
  }

  private Kept kept(Flags flags) {
    Instant now = clock.instant();
    Stream<Instant> switched =
        flags.switches().all().stream().map(Switched::expires).flatMap(Optional::stream);
    Stream<Instant> expiring =
        flags.set().all().stream()
            .map(Flag::expires)
            .flatMap(Optional::stream)
            .map(day -> day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    Instant until =
        Stream.concat(switched, expiring)
            .filter(moment -> moment.isAfter(now))
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    return new Kept(flags, until, new ConcurrentHashMap<>());
  }
}
