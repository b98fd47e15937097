package dev.turnpike.assembly;

import dev.turnpike.admin.FlagDesk;
import dev.turnpike.audit.Deed;
import dev.turnpike.flags.Board;
import dev.turnpike.flags.Circumstances;
import dev.turnpike.flags.Flag;
import dev.turnpike.flags.Flags;
import dev.turnpike.flags.Kind;
import dev.turnpike.flags.Switched;
import dev.turnpike.lane.AlphaLane;
import dev.turnpike.observe.Uses;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Revisions;
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
 * @param gateway empty until there is one
 * @param lanes of alphas
 * @param trail is told of each change, and of each wish that was turned away
 */
record Switchboard(
    FlagBoard flags,
    Uses uses,
    Supplier<Optional<Gateway>> gateway,
    Supplier<List<AlphaLane>> lanes,
    Consumer<Deed> trail,
    InstantSource clock)
    implements FlagDesk {
  private static final long PATIENCE_SECONDS = 5;
  private static final int MOST = 1_000;

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
              flags.decide(flag.key(), isOfCalled(flag.key()) ? Circumstances.NONE : whose),
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
    if (isOfCalled(flag.key())) {
      return gateway
          .get()
          .map(there -> there.edges().calledUses().of(called(flag)))
          .orElse(List.of());
    }
    if (!flag.key().startsWith(FlagBoard.REVISION)) {
      return lanes.get().stream()
          .filter(lane -> lane.flag().equals(flag.key()) && lane.open() > 0)
          .map(lane -> "calls under way: " + lane.open())
          .toList();
    }
    String revision = flag.key().substring(FlagBoard.REVISION.length());
    List<String> all = new ArrayList<>();
    Map<String, Long> open =
        gateway.get().stream()
            .flatMap(there -> there.sessions().all().stream())
            .filter(session -> session.revision().equals(revision))
            .collect(Collectors.groupingBy(Session::endpoint, TreeMap::new, Collectors.counting()));
    open.forEach(
        (endpoint, count) -> all.add("endpoint " + endpoint + ": open sessions: " + count));
    if (revision.equals(Revisions.HTTP_SSE)) {
      gateway.get().stream()
          .flatMap(there -> there.edges().lines().entrySet().stream())
          .forEach(
              line -> all.add("endpoint " + line.getKey() + ": open streams: " + line.getValue()));
    }
    uses.of(revision)
        .forEach(use ->
            all.add(
                "endpoint %s: requests since this process began: %d, the last at %s"
                    .formatted(use.endpoint(), use.calls(), use.last())));
    return all;
  }

  // it is the same for whoever is the reason for a call
  private static boolean isOfCalled(String key) {
    return key.startsWith(Called.FLAG);
  }

  private static String called(Flag flag) {
    return flag.key().substring(Called.FLAG.length());
  }

  private String ifOff(Flag flag) {
    if (isOfCalled(flag.key())) {
      return gateway.get().map(there -> there.edges().calledUses().ifOff(called(flag))).orElse("");
    }
    return flag.kind() == Kind.KILL_SWITCH
        ? "all of these are off then, and what is open of them ends"
        : "sessions and streams of it end; who speaks nothing else is refused";
  }

  @Override
  public Outcome put(Switched switched) throws IOException {
    String act = "flag " + switched.key();
    Optional<Flag> flag = flags.board().inForce().set().named(switched.key());
    if (flag.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (flag.get().locked()) {
      trail.accept(Deed.act(clock.instant(), act, switched.by(), "refused", "it is locked"));
      return Outcome.LOCKED;
    }
    if (isOfCalled(switched.key()) && switched.tenant().isPresent()) {
      return Outcome.FOR_ALL;
    }
    if (flags.board().inForce().switches().all().size() >= MOST) {
      throw new IOException(
          "There are " + MOST + " switches: clear some, or write a rule into the flag's file.");
    }
    kept(
        flags.put(switched),
        act,
        switched.by(),
        switched.on() ? "on" : "off",
        whose(switched.tenant())
            + switched.expires().map(moment -> " until " + moment).orElse("")
            + ": "
            + switched.reason());
    return Outcome.DONE;
  }

  @Override
  public Outcome remove(String key, Optional<String> tenant, String by) throws IOException {
    Flags now = flags.board().inForce();
    // also of a flag that is locked or gone by now: it would come back with that
    if (now.switches().all().stream()
        .noneMatch(one -> one.key().equals(key) && one.tenant().equals(tenant))) {
      return Outcome.UNKNOWN;
    }
    kept(flags.remove(key, tenant), "flag " + key, by, "cleared", whose(tenant));
    return Outcome.DONE;
  }

  private static String whose(Optional<String> tenant) {
    return "for " + tenant.map(name -> "tenant " + name).orElse("all");
  }

  // it is written down also where nobody knows what became of it
  private void kept(CompletionStage<?> change, String act, String by, String done, String detail)
      throws IOException {
    boolean sure = false;
    try {
      change.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      sure = true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // told below
    }
    trail.accept(Deed.act(clock.instant(), act, by, sure ? done : "unsure: " + done, detail));
    if (!sure) {
      throw new IOException(
          "The store does not answer: it is not known whether this was kept. GET /admin/flags says,"
              + " when it is back.");
    }
  }
}
