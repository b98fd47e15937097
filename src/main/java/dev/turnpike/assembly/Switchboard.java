package dev.turnpike.assembly;

import dev.turnpike.admin.FlagDesk;
import dev.turnpike.audit.Deed;
import dev.turnpike.flags.Board;
import dev.turnpike.flags.Circumstances;
import dev.turnpike.flags.Flag;
import dev.turnpike.flags.Flags;
import dev.turnpike.flags.Kind;
import dev.turnpike.flags.Switched;
import dev.turnpike.observe.Uses;
import dev.turnpike.session.Session;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells of the flags and switches them.
 *
 * @param sessions that are open
 * @param trail is told of each change, and of each wish that was turned away
 */
record Switchboard(
    FlagBoard flags,
    Uses uses,
    Supplier<List<Session>> sessions,
    Consumer<Deed> trail,
    InstantSource clock)
    implements FlagDesk {
  private static final long PATIENCE_SECONDS = 5;

  @Override
  public List<Standing> all(Optional<String> tenant) {
    Board board = flags.board();
    Circumstances whose = tenant.map(Circumstances::ofTenant).orElse(Circumstances.NONE);
    Flags now = board.inForce();
    return now.set().all().stream()
        .map(flag -> {
          List<String> uses = uses(flag, now);
          return new Standing(
              flag,
              board.decide(flag.key(), whose),
              now.switches().of(flag.key(), clock.instant()),
              uses,
              uses.isEmpty() ? "" : ifOff(flag));
        })
        .toList();
  }

  private List<String> uses(Flag flag, Flags now) {
    if (flag.kind() == Kind.KILL_SWITCH) {
      return now.set().all().stream()
          .filter(other -> other.killSwitch().filter(flag.key()::equals).isPresent())
          .map(Flag::key)
          .toList();
    }
    if (!flag.key().startsWith(FlagBoard.REVISION)) {
      return List.of();
    }
    String revision = flag.key().substring(FlagBoard.REVISION.length());
    List<String> all = new ArrayList<>();
    Map<String, Long> open =
        sessions.get().stream()
            .filter(session -> session.revision().equals(revision))
            .collect(Collectors.groupingBy(Session::endpoint, TreeMap::new, Collectors.counting()));
    open.forEach(
        (endpoint, count) -> all.add("endpoint " + endpoint + ": open sessions: " + count));
    uses.of(revision)
        .forEach(use ->
            all.add(
                "endpoint %s: requests since this process began: %d, the last at %s"
                    .formatted(use.endpoint(), use.calls(), use.last())));
    return all;
  }

  private static String ifOff(Flag flag) {
    return flag.kind() == Kind.KILL_SWITCH
        ? "all of these are off then, and what is open of them ends"
        : "sessions and streams of it end; who speaks nothing else is refused";
  }

  @Override
  public Outcome put(Switched switched) throws IOException {
    Optional<Outcome> no = refusal(switched.key(), switched.by());
    if (no.isPresent()) {
      return no.get();
    }
    kept(flags.change(flags.store().put(switched)));
    trail.accept(
        Deed.act(
            clock.instant(),
            "flag " + switched.key(),
            switched.by(),
            switched.on() ? "on" : "off",
            "for "
                + switched.tenant().map(name -> "tenant " + name).orElse("all")
                + switched.expires().map(moment -> " until " + moment).orElse("")
                + ": "
                + switched.reason()));
    return Outcome.DONE;
  }

  @Override
  public Outcome remove(String key, Optional<String> tenant, String by) throws IOException {
    Optional<Outcome> no = refusal(key, by);
    if (no.isPresent()) {
      return no.get();
    }
    kept(flags.change(flags.store().remove(key, tenant)));
    trail.accept(
        Deed.act(
            clock.instant(),
            "flag " + key,
            by,
            "cleared",
            "for " + tenant.map(name -> "tenant " + name).orElse("all")));
    return Outcome.DONE;
  }

  private Optional<Outcome> refusal(String key, String by) {
    Optional<Flag> flag = flags.board().inForce().set().named(key);
    if (flag.isEmpty()) {
      return Optional.of(Outcome.UNKNOWN);
    }
    if (flag.get().locked()) {
      trail.accept(Deed.act(clock.instant(), "flag " + key, by, "refused", "it is locked"));
      return Optional.of(Outcome.LOCKED);
    }
    return Optional.empty();
  }

  private static void kept(CompletionStage<?> change) throws IOException {
    try {
      change.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped");
    } catch (ExecutionException | TimeoutException away) {
      throw new IOException(
          "The switch could not be kept: the store is away. Nothing has changed.");
    }
  }
}
