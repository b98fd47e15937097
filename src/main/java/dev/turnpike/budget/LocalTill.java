package dev.turnpike.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counters in memory: each budget has its own. */
final class LocalTill extends Till {
  @Override
  CompletionStage<List<Taken>> take(List<Ask> asks, Moment now) {
    return CompletableFuture.completedFuture(taken(asks, now, Share.WHOLE));
  }

  /** The same at once, of a share of each limit. */
  static List<Taken> taken(List<Ask> asks, Moment now, Share share) {
    List<Taken> all = new ArrayList<>(asks.size());
    boolean refused = false;
    for (Ask ask : asks) {
      Taken taken = refused ? looked(ask, now, share) : taken(ask, now, share);
      refused |= taken.refuses();
      all.add(taken);
    }
    if (refused) {
      all.stream().filter(taken -> taken.level().taken()).forEach(Taken::giveBack);
    }
    return all;
  }

  private static Taken taken(Ask ask, Moment now, Share share) {
    long limit = share.of(ask.budget().spec().limit());
    Counters.Taken taken = ask.budget().counters().take(ask.key(), now, limit, ask.amount());
    return new Taken(
        ask, taken.level(), !taken.level().taken(), limit, share.partial(), taken.slot());
  }

  // how long the others take is told too, and nothing is taken from them
  private static Taken looked(Ask ask, Moment now, Share share) {
    long limit = share.of(ask.budget().spec().limit());
    Level level = ask.budget().counters().look(ask.key(), now, limit, ask.amount());
    boolean lacking = level.left() < Math.min(ask.amount(), limit);
    return new Taken(ask, level, lacking, limit, share.partial(), Purse.NONE);
  }
}
