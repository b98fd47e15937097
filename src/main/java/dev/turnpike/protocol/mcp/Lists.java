package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Leaves out of a list what the caller may not see. What stays is not touched by a byte. */
public final class Lists {
  private static final Wanted ENTRY = new Wanted();
  private static final Member NAME = ENTRY.member("name");
  private static final Member URI = ENTRY.member("uri");
  private static final Member TEMPLATE = ENTRY.member("uriTemplate");
  private static final Member SCHEMA = ENTRY.member("inputSchema");

  /** One tool of a list. */
  public record Tool(String name, Scan entry) {
    /** Its input schema, as JSON; empty where there is none. */
    public Optional<Payload> schema() {
      return entry.type(SCHEMA) == JsonType.OBJECT
          ? Optional.of(entry.part(SCHEMA))
          : Optional.empty();
    }
  }

  private Lists() {}

  /**
   * Removes hidden entries, and what else {@code keeps} does not keep.
   *
   * @return whether anything was removed
   * @throws Refused where the list is no list
   */
  public static boolean filter(
      Told told,
      String upstream,
      Method.Listing listing,
      Visibility visibility,
      Predicate<Tool> keeps,
      Splice splice)
      throws Refused {
    Member list = Told.list(listing.member());
    if (!told.scan().has(list)) {
      return false;
    }
    if (told.scan().type(list) != JsonType.ARRAY) {
      // what cannot be filtered must not be shown
      throw new Refused(
          new Refusal.UpstreamUnavailable(upstream, "answered with a list that is none"));
    }
    Span array = told.scan().span(list);
    List<Scan> entries = JsonScanner.elements(told.scan().part(list), ENTRY);
    List<Span> kept = new ArrayList<>(entries.size());
    Member named = named(listing);
    for (Scan entry : entries) {
      // an entry without a name cannot be allowed by one
      Optional<String> name = entry.text(named);
      if (name.isPresent()
          && (listing.kind() != Target.Kind.RESOURCE || Uris.plain(name.get()))
          && visibility.shows(new Target(listing.kind(), name.get()))
          && (listing.kind() != Target.Kind.TOOL || keeps.test(new Tool(name.get(), entry)))) {
        kept.add(within(told.scan(), entry));
      }
    }
    if (kept.size() == entries.size()) {
      return false;
    }
    splice.keepElements(array, kept);
    return true;
  }

  /** What a list holds, but for entries without a name; empty where it is no list. */
  public static Optional<List<Tool>> entries(Told told, Method.Listing listing) {
    Member list = Told.list(listing.member());
    if (told.scan().type(list) != JsonType.ARRAY) {
      return told.scan().has(list) ? Optional.empty() : Optional.of(List.of());
    }
    Member named = named(listing);
    List<Tool> entries = new ArrayList<>();
    for (Scan entry : JsonScanner.elements(told.scan().part(list), ENTRY)) {
      entry.text(named).ifPresent(name -> entries.add(new Tool(name, entry)));
    }
    return Optional.of(entries);
  }

  /** The tools that a {@code tools/list} result holds. */
  public static List<Tool> tools(Told told) {
    if (told.scan().type(Told.TOOLS) != JsonType.ARRAY) {
      return List.of();
    }
    List<Tool> tools = new ArrayList<>();
    for (Scan entry : JsonScanner.elements(told.scan().part(Told.TOOLS), ENTRY)) {
      entry.text(NAME).ifPresent(name -> tools.add(new Tool(name, entry)));
    }
    return tools;
  }

  // an entry's payload is a slice of the whole's bytes
  private static Span within(Scan whole, Scan entry) {
    int start = entry.payload().offset() - whole.payload().offset();
    return new Span(start, start + entry.payload().size());
  }

  private static Member named(Method.Listing listing) {
    return switch (listing.nameMember()) {
      case "uri" -> URI;
      case "uriTemplate" -> TEMPLATE;
      default -> NAME;
    };
  }
}
