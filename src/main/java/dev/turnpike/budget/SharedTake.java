package dev.turnpike.budget;

import dev.turnpike.budget.SharedStore.Counter;
import dev.turnpike.budget.SharedStore.Need;
import dev.turnpike.budget.SharedStore.Spent;
import dev.turnpike.budget.SharedStore.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one call takes from shared counters: from shares in hand, and, for what they lack and for
 * budgets that are exact, from the store. For one thread.
 */
final class SharedTake {
  /** What has been found out about one of the asks. */
  private sealed interface Part {
    record Known(Ask ask, Lease lease, Level level, boolean lacking) implements Part {
      Taken taken() {
        return new Taken(ask, level, lacking, ask.budget().spec().limit(), false, lease);
      }
    }

    record Lacking(Ask ask, Lease lease, Lease.Grab.Short grab) implements Part {}

    record Exact(Ask ask, Need.Exact need) implements Part {}
  }

  private final String reservation;
  private final List<Part> parts = new ArrayList<>();

  SharedTake(String reservation) {
    this.reservation = reservation;
  }

  String reservation() {
    return reservation;
  }

  void exact(Ask ask) {
    parts.add(
        new Part.Exact(
            ask,
            new Need.Exact(
                counter(ask),
                ask.budget().spec().limit(),
                ask.binding(),
                ask.amount(),
                ask.charge())));
  }

  void leased(Ask ask, Lease lease, Lease.Grab grab) {
    parts.add(
        switch (grab) {
          case Lease.Grab.Known(var level, var lacking) ->
              new Part.Known(ask, lease, level, lacking);
          case Lease.Grab.Short missing -> new Part.Lacking(ask, lease, missing);
        });
  }

  static Counter counter(Ask ask) {
    return new Counter(
        ask.budget().spec().name() + '/' + ask.budget().spec().unit().word(),
        ask.key(),
        ask.budget().spec().window());
  }

  /** What the store has to be asked for; empty where everything is known. */
  List<Need> needs() {
    return parts.stream().flatMap(part -> need(part).stream()).toList();
  }

  private static Optional<Need> need(Part part) {
    return switch (part) {
      case Part.Known _ -> Optional.empty();
      case Part.Lacking lacking -> Optional.of(lacking.grab().need());
      case Part.Exact exact -> Optional.of(exact.need());
    };
  }

  /** Whether a share has just been refused what this needs: then nothing has to be asked. */
  boolean refused() {
    return parts.stream()
        .anyMatch(part -> part instanceof Part.Known known && known.taken().refuses());
  }

  /** Goes without the store, which is away or has nothing to give: all is put back. */
  void abandon() {
    for (Part part : parts) {
      switch (part) {
        case Part.Known known -> putBack(known);
        case Part.Lacking lacking -> lacking.lease().unanswered(lacking.grab());
        case Part.Exact _ -> {}
      }
    }
  }

  private static void putBack(Part.Known known) {
    if (known.level().taken()) {
      known.taken().giveBack();
    }
  }

  /** What is known without the store; of what is not, nothing is said. */
  List<Taken> known() {
    return parts.stream()
        .filter(Part.Known.class::isInstance)
        .map(part -> ((Part.Known) part).taken())
        .toList();
  }

  /** What the store's answer makes of it. */
  List<Taken> answered(List<Standing> standings, long nanos, Settlements settlements) {
    boolean all = enough(standings);
    ExactHold hold = hold(standings, all, settlements);
    List<Taken> taken = new ArrayList<>(parts.size());
    int at = 0;
    for (Part part : parts) {
      switch (part) {
        case Part.Known known -> {
          if (!all) {
            putBack(known);
          }
          taken.add(known.taken());
        }
        case Part.Lacking lacking -> taken.add(leased(lacking, standings.get(at++), all, nanos));
        case Part.Exact exact -> taken.add(exact(exact, standings.get(at++), all, hold));
      }
    }
    return taken;
  }

  /** The call went on without the answer that has now come: what it took is put back. */
  void late(List<Standing> standings, long nanos, Settlements settlements) {
    boolean all = enough(standings);
    List<Spent> none = new ArrayList<>();
    int at = 0;
    for (Part part : parts) {
      switch (part) {
        case Part.Known known -> putBack(known);
        case Part.Lacking lacking -> late(lacking, standings.get(at++), all, nanos);
        case Part.Exact exact -> {
          if (all && standings.get(at).enough()) {
            none.add(new Spent(exact.need().counter(), exact.need().limit(), 0));
          }
          at++;
        }
      }
    }
    if (!none.isEmpty()) {
      settlements.settle(reservation, none);
    }
  }

  private static void late(Part.Lacking lacking, Standing standing, boolean all, long nanos) {
    if (all && standing.enough()) {
      lacking.lease().kept(lacking.grab(), standing, nanos);
    } else {
      var _ = lacking.lease().refused(lacking.grab(), standing, nanos);
    }
  }

  /** The store failed before it was heard of: whatever it may have taken is to be given back. */
  void failed(Settlements settlements) {
    abandon();
    List<Spent> none =
        parts.stream()
            .filter(Part.Exact.class::isInstance)
            .map(part -> ((Part.Exact) part).need())
            .map(need -> new Spent(need.counter(), need.limit(), 0))
            .toList();
    if (!none.isEmpty()) {
      settlements.again(reservation, none);
    }
  }

  private boolean enough(List<Standing> standings) {
    List<Need> needs = needs();
    return IntStream.range(0, needs.size())
        .allMatch(i -> standings.get(i).enough() || !needs.get(i).binding());
  }

  private static Taken leased(Part.Lacking part, Standing standing, boolean all, long nanos) {
    boolean taken = all && standing.enough();
    Level level =
        taken
            ? part.lease().granted(part.grab(), standing, nanos)
            : part.lease().refused(part.grab(), standing, nanos);
    return new Taken(
        part.ask(),
        level,
        !standing.enough(),
        part.ask().budget().spec().limit(),
        false,
        part.lease());
  }

  private ExactHold hold(List<Standing> standings, boolean all, Settlements settlements) {
    List<Spent> taken = new ArrayList<>();
    int at = 0;
    for (Part part : parts) {
      if (part instanceof Part.Known) {
        continue;
      }
      if (part instanceof Part.Exact exact && all && standings.get(at).enough()) {
        Need.Exact need = exact.need();
        taken.add(new Spent(need.counter(), need.limit(), need.amount()));
      }
      at++;
    }
    return new ExactHold(reservation, taken, settlements);
  }

  private static Taken exact(Part.Exact part, Standing standing, boolean all, ExactHold hold) {
    boolean taken = all && standing.enough();
    Level level =
        new Level(taken, standing.left(), standing.reset(), standing.window(), standing.epoch());
    Purse from = taken ? hold.purse(part.need()) : Purse.NONE;
    return new Taken(
        part.ask(), level, !standing.enough(), part.ask().budget().spec().limit(), false, from);
  }
}
