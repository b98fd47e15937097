package dev.turnpike.tokens;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Said;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Says at once about how many tokens a text has, and a call will have. It learns from counts and
 * from results, target by target: 10,000 targets apart, all others together. Thread-safe.
 */
public final class Estimator {
  private static final int MOST = 10_000;
  // a result that nobody has seen yet: one page of text
  private static final double UNKNOWN = 500;

  private record Key(String upstream, Target target) {}

  private final ConcurrentMap<Key, Learned> targets = new ConcurrentHashMap<>();
  private final Learned others = new Learned(UNKNOWN);

  /**
   * What the call will probably come to: its arguments, and a result as large as most were, by the
   * model that the target named last.
   */
  public Usage before(String upstream, Call call) {
    if (call.target().isEmpty() || polls(call)) {
      return Usage.NONE;
    }
    Learned learned = learned(upstream, call.target().get());
    return new Usage(
        Count.estimated(tokens(learned, arguments(call))),
        Count.estimated(learned.expected()),
        0,
        Count.NONE,
        learned.model());
  }

  // to look at an agent's task comes to nothing, as often as it is done
  private static boolean polls(Call call) {
    return call.said().isPresent() && call.verb() != Verb.INVOKE;
  }

  /** The texts that the call itself takes along. */
  static List<Piece> arguments(Call call) {
    Optional<Payload> given =
        call.said().map(Said::parts).filter(parts -> parts.size() > 0).or(call::arguments);
    return given.map(json -> List.of(Piece.json(json))).orElse(List.of());
  }

  /** About how many tokens these have, from that target. */
  long tokens(String upstream, Optional<Target> target, List<Piece> pieces) {
    return tokens(target.map(known -> learned(upstream, known)).orElse(others), pieces);
  }

  private static long tokens(Learned learned, List<Piece> pieces) {
    double sum = 0;
    for (Piece piece : pieces) {
      ContentClass looks = piece.looks();
      sum += learned.corrected(looks, looks.tokens(piece.size()));
    }
    return (long) Math.ceil(sum);
  }

  /** What one of them really has. */
  void counted(String upstream, Optional<Target> target, Piece piece, long tokens) {
    ContentClass looks = piece.looks();
    target
        .map(known -> learned(upstream, known))
        .orElse(others)
        .counted(looks, looks.tokens(piece.size()), tokens);
  }

  /** How many tokens a result had. */
  void sized(String upstream, Target target, long tokens) {
    learned(upstream, target).sized(tokens);
  }

  /** Which model a target used, as it says. */
  void answered(String upstream, Target target, String model) {
    Learned learned = learned(upstream, target);
    // what targets share says nothing of any one of them
    if (learned != others) {
      learned.answered(model);
    }
  }

  private Learned learned(String upstream, Target target) {
    Key key = new Key(upstream, target);
    Learned known = targets.get(key);
    if (known != null) {
      return known;
    }
    return targets.size() < MOST ? targets.computeIfAbsent(key, _ -> new Learned(UNKNOWN)) : others;
  }
}
