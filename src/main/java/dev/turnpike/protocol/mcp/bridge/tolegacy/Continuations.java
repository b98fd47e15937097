package dev.turnpike.protocol.mcp.bridge.tolegacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.seal.Seal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * The calls that wait for inputs, and the sealed {@code requestState} by which their callers come
 * back: for the same caller, method, name and arguments, within a time, and once for each round.
 * Thread-safe.
 */
final class Continuations {
  private static final int MOST = 5_000;
  private static final int MOST_OF_ONE = 1_000;
  private static final int ID_BYTES = 16;
  // no id begins so
  private static final String PAGES = "pages:";

  private final Map<String, Continuation> waiting = new ConcurrentHashMap<>();
  private final Seal seal;
  private final Duration patience;
  private final Ticker ticker;
  private final RandomGenerator random;

  /**
   * @param patience how long a caller may take to answer
   */
  Continuations(Seal seal, Duration patience, Ticker ticker, RandomGenerator random) {
    this.seal = seal;
    this.patience = patience;
    this.ticker = ticker;
    this.random = random;
  }

  String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  long deadline() {
    return ticker.nanos() + patience.toNanos();
  }

  /**
   * Keeps the call, and gives the state that its caller comes back with. Those of one upstream may
   * hold half as many of its answers open as there may be exchanges, and those of one caller half
   * of that.
   *
   * @param bound what must be the same then
   * @throws Refused where too many wait already
   */
  String keep(Continuation continuation, List<String> bound) throws Refused {
    if (isFull(continuation)) {
      throw new Refused(
          new Refusal.TooBusy(
              "As many calls wait for inputs as there may be", Duration.ofSeconds(5)));
    }
    waiting.put(continuation.id(), continuation);
    return seal.seal((continuation.id() + " " + continuation.generation()).getBytes(UTF_8), bound);
  }

  private boolean isFull(Continuation newcomer) {
    int concurrency = newcomer.upstream().spec().concurrency();
    int mostOfCaller = Math.clamp(concurrency / 4, 1, MOST_OF_ONE);
    if (waiting.size() < mostOfCaller) {
      return false;
    }
    long ofUpstream = 0;
    long ofCaller = 0;
    for (Continuation one : waiting.values()) {
      if (one.upstream() == newcomer.upstream()) {
        ofUpstream++;
        ofCaller += one.caller().equals(newcomer.caller()) ? 1 : 0;
      }
    }
    return waiting.size() >= MOST
        || ofUpstream >= Math.max(1, concurrency / 2)
        || ofCaller >= mostOfCaller;
  }

  /** Keeps a call that was taken for nothing, for the state that its caller has. */
  void putBack(Continuation continuation) {
    waiting.put(continuation.id(), continuation);
  }

  /**
   * The call that the state is of, which no other request can take any more.
   *
   * @throws Refused where it is none, for whatever reason: they are not told apart
   */
  Continuation take(String state, Caller caller, List<String> bound) throws Refused {
    Optional<String> opened = seal.open(state, bound).map(plain -> new String(plain, UTF_8));
    if (opened.isPresent()) {
      String[] parts = opened.get().split(" ");
      Continuation found = waiting.get(parts[0]);
      if (found != null
          && found.caller().equals(caller)
          && Integer.toString(found.generation()).equals(parts[1])
          && found.until() - ticker.nanos() > 0
          && waiting.remove(parts[0], found)) {
        return found;
      }
    }
    throw Calls.invalid(
        "requestState is not one that can be used: it was used, has expired, or is of another call");
  }

  /**
   * A state for a call that is made anew once its caller has opened a page, and that nothing is
   * kept of: how often that was.
   */
  String pages(int before, List<String> bound) {
    return seal.seal((PAGES + before).getBytes(UTF_8), bound);
  }

  /** How often, if the state is one of {@link #pages}. */
  Optional<Integer> pagesBefore(String state, List<String> bound) {
    return seal.open(state, bound)
        .map(plain -> new String(plain, UTF_8))
        .filter(plain -> plain.startsWith(PAGES))
        .map(plain -> Integer.valueOf(plain.substring(PAGES.length())));
  }

  /** Gives up what nobody came back to. */
  void sweep() {
    long now = ticker.nanos();
    for (Continuation one : waiting.values()) {
      if (one.until() - now <= 0 && waiting.remove(one.id(), one)) {
        one.expire();
      }
    }
  }

  /** Gives up all. */
  void close() {
    for (Continuation one : waiting.values()) {
      if (waiting.remove(one.id(), one)) {
        one.expire();
      }
    }
  }
}
