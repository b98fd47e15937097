package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The streams that are open now. Thread-safe. */
public final class Lines {
  private static final int ID_BYTES = 16;
  private static final String PARAMETER = "sessionId=";

  private final Served served;
  private final RandomGenerator random;
  private final Map<String, Line> open = new ConcurrentHashMap<>();

  /**
   * @param served whether the transport is served, to whom
   * @param random of ids, which nobody may guess
   */
  public Lines(Served served, RandomGenerator random) {
    this.served = served;
    this.random = random;
  }

  /** Whether the request opens a stream of this transport. */
  public boolean opens(Inbound inbound, Caller caller, Endpoint endpoint) {
    return inbound.method().equals("GET")
        && inbound.headers().first(Words.HEADER_SESSION).isEmpty()
        && inbound.headers().all("accept").stream().anyMatch(said -> said.contains(Words.EVENTS))
        && served.serves(Revisions.HTTP_SSE, caller, endpoint.name());
  }

  /** The stream of that request. */
  public Dialogue opening(Inbound inbound, Caller caller, Endpoint endpoint) {
    return new LineOpening(inbound.path(), caller, endpoint, this);
  }

  Line begin(String path, Caller caller, Reply reply) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    Sunset.on(reply);
    Line line = new Line(id, path, caller, reply.stream());
    open.put(id, line);
    line.onGone(this, () -> open.remove(id, line));
    line.sink().named("endpoint", Payload.of(path + "?" + PARAMETER + id));
    return line;
  }

  /** Ends those that were opened at a path which is not served any more. From any thread. */
  public void retain(Predicate<String> paths) {
    open.values().stream().filter(line -> !paths.test(line.path())).forEach(Line::close);
  }

  /** Ends those of callers to whom the transport is not served any more. From any thread. */
  public void retain(BiPredicate<String, Caller> still) {
    open.values().stream()
        .filter(line -> !still.test(line.path(), line.caller()))
        .forEach(Line::close);
  }

  /** How many are open now, by the names of their endpoints. */
  public Map<String, Long> open(Endpoints endpoints) {
    return open.values().stream()
        .flatMap(line -> endpoints.at(line.path()).stream())
        .collect(Collectors.groupingBy(Endpoint::name, TreeMap::new, Collectors.counting()));
  }

  // there or not
  private static boolean names(Inbound inbound) {
    return inbound.method().equals("POST")
        && Arrays.stream(inbound.query().split("&")).anyMatch(one -> one.startsWith(PARAMETER));
  }

  /** The stream that the request is posted to, whoever posts. */
  Optional<Line> find(Inbound inbound) {
    String query = inbound.query();
    return names(inbound) && query.startsWith(PARAMETER)
        ? Optional.ofNullable(open.get(query.substring(PARAMETER.length())))
            .filter(line -> line.path().equals(inbound.path()))
        : Optional.empty();
  }

  /**
   * The stream that the request is posted to; empty where it is of Streamable HTTP.
   *
   * @throws Refused where there is no such stream, or it is not this caller's
   */
  public Optional<Line> posted(Inbound inbound, Caller caller, Endpoint endpoint) throws Refused {
    if (!names(inbound)) {
      return Optional.empty();
    }
    Optional<Line> there = find(inbound);
    if (there.isEmpty() && !served.serves(Revisions.HTTP_SSE, caller, endpoint.name())) {
      return Optional.empty();
    }
    Optional<Line> line = there.filter(found -> found.takes(inbound, caller));
    if (line.isEmpty()) {
      throw new Refused(new Refusal.NoSuchSession());
    }
    return line;
  }
}
