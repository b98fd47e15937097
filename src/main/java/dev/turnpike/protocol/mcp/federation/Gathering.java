package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Lists;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Uris;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an upstream offers, as far as it has said it. For one thread at a time. */
final class Gathering {
  /** How legacy callers are shown a tool. */
  @FunctionalInterface
  interface Shown {
    Payload legacy(Upstream upstream, String tool, Payload definition);
  }

  private static final int MOST_EXTENSIONS = 100;
  private static final int MOST_ENTRIES = 20_000;
  private static final int MOST_PAGES = 5_000;
  private static final long MOST_BYTES = 32L * 1024 * 1024;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Upstream upstream;
  private final Tools tools;
  private final Shown shown;
  private final Map<String, Object> capabilities;
  private final Map<ListKind, List<Offer.Item>> lists = new EnumMap<>(ListKind.class);
  private final Map<ListKind, Set<String>> seen = new EnumMap<>(ListKind.class);
  private final Set<String> extensions = new HashSet<>();
  private final Set<String> cursors = new HashSet<>();
  private final List<String> omitted = new ArrayList<>();
  private Optional<String> instructions = Optional.empty();
  private Duration holds = LONGEST;
  private boolean shared = true;
  private boolean saysHowLong = true;
  private long bytes;

  Gathering(Upstream upstream, Tools tools, Shown shown, Map<String, Object> capabilities) {
    this.upstream = upstream;
    this.tools = tools;
    this.shown = shown;
    this.capabilities = capabilities;
  }

  Upstream upstream() {
    return upstream;
  }

  boolean has(ListKind kind) {
    return capabilities.containsKey(kind.capability());
  }

  /** Notes what a result of {@code server/discover} says besides its capabilities. */
  void described(Told told) {
    instructions = told.scan().text(Told.INSTRUCTIONS);
    if (told.scan().type(Told.CAPABILITY_EXTENSIONS) == JsonType.OBJECT) {
      JsonScanner.members(told.scan().part(Told.CAPABILITY_EXTENSIONS)).stream()
          .limit(MOST_EXTENSIONS)
          .forEach(one -> extensions.add(one.name()));
    }
    caching(told);
  }

  void described(Optional<String> said, Duration time) {
    instructions = said;
    holds = time;
    shared = false;
    saysHowLong = false;
  }

  private void caching(Told told) {
    Optional<Duration> ttl =
        told.scan().type(Told.TTL) == JsonType.NUMBER
            ? Optional.of(Duration.ofMillis(millis(told.scan().part(Told.TTL))))
            : Optional.empty();
    ttl.filter(said -> said.compareTo(holds) < 0).ifPresent(said -> holds = said);
    shared &= told.scan().text(Told.SCOPE).filter("public"::equals).isPresent();
  }

  private static long millis(Payload number) {
    try {
      return Math.max(0, Long.parseLong(number.text()));
    } catch (NumberFormatException fraction) {
      return 0;
    }
  }

  /** Takes a page, and gives the cursor of the next; empty where there is none. */
  Optional<String> take(ListKind kind, Told page) throws Refused {
    if (saysHowLong && page.scan().has(Told.TTL)) {
      caching(page);
    }
    List<Offer.Item> list = lists.computeIfAbsent(kind, _ -> new ArrayList<>());
    Set<String> names = seen.computeIfAbsent(kind, _ -> new HashSet<>());
    for (Lists.Tool entry : entries(kind, page)) {
      if (list.size() >= MOST_ENTRIES || bytes > MOST_BYTES) {
        omit(kind, "it has more than are kept");
        return Optional.empty();
      }
      if (kind.listing().nameMember().equals("uri") && !Uris.plain(entry.name())) {
        continue;
      }
      if (kind == ListKind.TOOLS && !tools.learn(upstream, entry)) {
        omit(kind, "a tool's x-mcp-header is invalid");
      } else if (!names.add(entry.name())) {
        omit(kind, "it names something twice");
      } else {
        bytes += entry.entry().payload().size();
        list.add(item(kind, entry));
      }
    }
    Optional<String> next =
        page.scan().type(Told.CURSOR) == JsonType.STRING
            ? page.scan().text(Told.CURSOR)
            : Optional.empty();
    if (next.isPresent() && (cursors.size() >= MOST_PAGES || !cursors.add(kind + next.get()))) {
      omit(kind, "its pages do not end");
      return Optional.empty();
    }
    return next;
  }

  /** It does not know the list, although it says that it has such things. */
  void without(ListKind kind) {
    if (kind != ListKind.TEMPLATES) {
      omit(kind, "it does not know the list");
    }
  }

  private Offer.Item item(ListKind kind, Lists.Tool entry) {
    Payload definition = entry.entry().payload();
    return new Offer.Item(
        entry.name(),
        definition,
        kind == ListKind.TOOLS ? shown.legacy(upstream, entry.name(), definition) : definition);
  }

  private List<Lists.Tool> entries(ListKind kind, Told page) throws Refused {
    return Lists.entries(page, kind.listing())
        .orElseThrow(() ->
            new Refused(
                new Refusal.UpstreamUnavailable(
                    upstream.name(), "answered with a list that is none")));
  }

  private void omit(ListKind kind, String why) {
    String said = kind.listing().member() + ": " + why;
    if (!omitted.contains(said)) {
      omitted.add(said);
    }
  }

  Offer offer() {
    return new Offer(
        saysHowLong ? "modern" : "legacy",
        capabilities,
        extensions,
        instructions,
        lists,
        holds,
        shared,
        String.join("; ", omitted));
  }
}
