package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.config.Lookalike;
import dev.turnpike.config.NamePattern;
import dev.turnpike.config.ToolsSpec;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.rpc.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an endpoint shows of all its upstreams together: upstreams in the order of the endpoint's
 * list, each in its own order. Immutable once it is made.
 */
final class Merged {
  /** How long an answer holds in which something is missing. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  private record Key(ListKind kind, int from, int size, Era era) {}

  private record Cut(Object decidedBy, Map<Key, Pages.Page> pages) {}

  private record Template(NamePattern pattern, Entry entry) {}

  private final long generation;
  private final Map<String, Offers.Known> from;
  private final List<Offers.Known> known;
  private final boolean whole;
  private final boolean shared;
  private final Duration holds;
  private final Endpoint endpoint;
  private volatile Cut cuts = new Cut(ShownUris.NONE, Map.of());
  private final Map<ListKind, List<Entry>> lists = new EnumMap<>(ListKind.class);
  private final Map<ListKind, Map<String, Entry>> table = new EnumMap<>(ListKind.class);
  private final List<Template> templates = new ArrayList<>();
  private final Map<String, ShownUris> rewritten = new HashMap<>();
  // as the endpoint's own words about tools know them
  private final Set<String> plainTools = new HashSet<>();

  private Merged(long generation, Map<String, Offers.Known> from, Endpoint endpoint) {
    this.generation = generation;
    this.from = from;
    this.known = List.copyOf(from.values());
    this.whole = known.stream().allMatch(Offers.Known::up);
    this.shared = known.stream().allMatch(k -> k.offer().filter(Offer::shared).isPresent());
    this.holds = holds(known, whole);
    this.endpoint = endpoint;
    for (ListKind kind : ListKind.values()) {
      lists.put(kind, new ArrayList<>());
      table.put(kind, new HashMap<>());
    }
  }

  /**
   * Merges what is known of the upstreams.
   *
   * @param from by the name of the upstream, in the order of the endpoint's list
   * @param endpoint whose they are, and that says which tools are shown, and how
   */
  static Merged of(long generation, Map<String, Offers.Known> from, Endpoint endpoint) {
    Merged merged = new Merged(generation, new LinkedHashMap<>(from), endpoint);
    from.forEach((upstream, known) ->
        known
            .offer()
            .ifPresent(offer -> {
              for (ListKind kind : ListKind.values()) {
                offer.list(kind).forEach(item -> merged.add(upstream, kind, item, known.up()));
              }
            }));
    Map<String, Map<String, String>> shown = new HashMap<>();
    for (Entry entry : merged.table.getOrDefault(ListKind.RESOURCES, Map.of()).values()) {
      if (!entry.shown().equals(entry.name())) {
        shown
            .computeIfAbsent(entry.upstream(), _ -> new HashMap<>())
            .put(entry.name(), entry.shown());
      }
    }
    from.keySet()
        .forEach(upstream -> merged.rewrite(upstream, shown.getOrDefault(upstream, Map.of())));
    return merged;
  }

  private void rewrite(String upstream, Map<String, String> listed) {
    boolean makes =
        templates.stream()
            .map(Template::entry)
            .anyMatch(entry -> entry.wrapped() && entry.upstream().equals(upstream));
    if (makes) {
      rewritten.put(upstream, new ShownUris(listed, uri -> made(upstream, uri)));
    } else if (!listed.isEmpty()) {
      rewritten.put(upstream, new ShownUris(listed, ShownUris.NONE.made()));
    }
  }

  // only where it would be read at another's, and is found under the other name
  private Optional<String> made(String upstream, String uri) {
    if (owner(uri).filter(entry -> !entry.upstream().equals(upstream)).isEmpty()) {
      return Optional.empty();
    }
    String wrapped = Wrapped.of(upstream, uri);
    return owner(wrapped).filter(entry -> entry.upstream().equals(upstream)).map(_ -> wrapped);
  }

  private void add(String upstream, ListKind kind, Offer.Item item, boolean up) {
    Map<String, Entry> named = table.getOrDefault(kind, Map.of());
    String plain = shown(upstream, kind, item, named);
    Optional<ToolsSpec> tools = kind == ListKind.TOOLS ? endpoint.tools() : Optional.empty();
    if (tools.isPresent()) {
      plainTools.add(plain);
    }
    Optional<ToolsSpec.Edit> edit = tools.flatMap(spec -> spec.edit(plain));
    String shown =
        edit.flatMap(ToolsSpec.Edit::name)
            // a name that the administrator has given to one tool is no other's
            .orElseGet(() ->
                tools.filter(spec -> spec.gives(plain)).isPresent()
                    ? ExposedName.marked(upstream, item.name())
                    : plain);
    if (named.containsKey(shown) || !tools.map(spec -> spec.shows(plain)).orElse(true)) {
      return;
    }
    Payload definition = Definitions.shown(kind, item.name(), item.definition(), shown, edit);
    Payload legacy =
        item.legacy() == item.definition()
            ? definition
            : Definitions.shown(kind, item.name(), item.legacy(), shown, edit);
    Entry entry = new Entry(kind, upstream, item.name(), shown, definition, legacy, edit);
    table.getOrDefault(kind, named).put(shown, entry);
    if (kind == ListKind.TEMPLATES) {
      templates.add(new Template(new NamePattern(glob(shown), true), entry));
    }
    if (up) {
      lists.getOrDefault(kind, List.of()).add(entry);
    }
  }

  private String shown(String upstream, ListKind kind, Offer.Item item, Map<String, Entry> taken) {
    if (!kind.renamed() || !endpoint.several()) {
      return taken.containsKey(item.name()) ? Wrapped.of(upstream, item.name()) : item.name();
    }
    String plain = ExposedName.of(upstream, item.name());
    return taken.containsKey(plain) ? ExposedName.marked(upstream, item.name()) : plain;
  }

  // {x} stands for a run without a slash; with an operator it may be anything (RFC 6570)
  private static String glob(String template) {
    StringBuilder glob = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        return glob.append(template, at, template.length()).toString();
      }
      String expression = template.substring(open + 1, close);
      boolean simple =
          !expression.isEmpty()
              && Character.isLetterOrDigit(expression.charAt(0))
              && !expression.endsWith("*");
      glob.append(template, at, open).append(simple ? "*" : "**");
      at = close + 1;
    }
    return glob.toString();
  }

  /** Cuts a page, or gives the one that was cut for another caller who sees the same. */
  Pages.Page page(ListKind kind, int from, int size, Era era, Visibility visibility) {
    Optional<Object> decidedBy = visibility.decidedBy();
    if (decidedBy.isEmpty()) {
      return Pages.cut(list(kind), from, size, era, visibility);
    }
    Cut cut = cuts;
    if (cut.decidedBy() != decidedBy.get()) {
      cut = new Cut(decidedBy.get(), new ConcurrentHashMap<>());
      cuts = cut;
    }
    return cut.pages()
        .computeIfAbsent(
            new Key(kind, from, size, era),
            _ -> Pages.cut(list(kind), from, size, era, visibility));
  }

  /** Names of tools and prompts that can be taken for one another. */
  List<String> alike() {
    List<String> alike = new ArrayList<>();
    for (ListKind kind : List.of(ListKind.TOOLS, ListKind.PROMPTS)) {
      alike.addAll(Lookalike.pairs(list(kind).stream().map(Entry::shown).toList()));
    }
    return alike;
  }

  /** What the endpoint says of its tools that fits none, where all upstreams are there. */
  List<String> unfit() {
    if (!whole() || endpoint.tools().isEmpty()) {
      return List.of();
    }
    return endpoint.tools().get().unfit(plainTools);
  }

  long generation() {
    return generation;
  }

  /** Whether it was made of exactly this, upstream by upstream in the order of the endpoint's. */
  boolean isOf(List<Offers.Known> others) {
    // asked by every list and call
    boolean same = known.size() == others.size();
    for (int i = 0; same && i < known.size(); i++) {
      same = known.get(i).isThat(others.get(i));
    }
    return same;
  }

  List<Entry> list(ListKind kind) {
    return lists.getOrDefault(kind, List.of());
  }

  /** What is shown under that name, also where its upstream is down. */
  Optional<Entry> named(ListKind kind, String shown) {
    return Optional.ofNullable(table.getOrDefault(kind, Map.of()).get(shown));
  }

  /** Whose resource it is: that which lists it, or else the first that has a template for it. */
  Optional<Entry> owner(String uri) {
    return named(ListKind.RESOURCES, uri)
        .or(() ->
            templates.stream()
                .filter(one -> one.pattern().covers(uri))
                .map(Template::entry)
                // what begins as our own does is ours, or nobody's
                .filter(entry -> entry.wrapped() || !Wrapped.looksSo(uri))
                // what says whose it is goes there, however much another's template covers
                .min(Comparator.comparing(entry -> !entry.wrapped())));
  }

  /** The resources of that upstream which are shown under other URIs than it gives them. */
  ShownUris shownUris(String upstream) {
    return rewritten.getOrDefault(upstream, ShownUris.NONE);
  }

  /** How long it holds: as long as the shortest of what it is made of. */
  Duration holds() {
    return holds;
  }

  private static Duration holds(List<Offers.Known> known, boolean whole) {
    Duration least =
        known.stream()
            .flatMap(one -> one.offer().stream())
            .map(Offer::holds)
            .min(Duration::compareTo)
            .orElse(Duration.ZERO);
    return whole || least.compareTo(SHORT) < 0 ? least : SHORT;
  }

  /** Whether every upstream is in it. */
  boolean whole() {
    return whole;
  }

  /** Whether every upstream says that what it offers is the same for everybody. */
  boolean shared() {
    return shared;
  }

  /** What is known of each upstream, in order. */
  Map<String, Offers.Known> from() {
    return from;
  }
}
