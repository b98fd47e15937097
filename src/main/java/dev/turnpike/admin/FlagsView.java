package dev.turnpike.admin;

import dev.turnpike.flags.Flag;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.flags.Switched;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Flags as a page for people. Everything in it is escaped. Thread-safe. */
final class FlagsView {
  private static final String HTML = "text/html";

  private final Template template =
      Engine.builder()
          .addDefaults()
          .addResultMapper(new HtmlEscaper(List.of(HTML)))
          .build()
          .parse(resource("/console/flags.html"), Variant.forContentType(HTML));

  /**
   * What the page says besides the flags.
   *
   * @param tenant whose flags are shown; empty: nobody's in particular
   * @param done what was done; empty: nothing
   * @param problem why something was not done; empty: nothing was wrong
   * @param wish what was asked for in vain, by its names, so that it need not be typed again
   */
  record Around(String tenant, String done, String problem, Map<String, String> wish) {}

  String of(List<FlagDesk.Standing> flags, Around around) {
    return template
        .data("tenant", around.tenant())
        .data("done", around.done())
        .data("problem", around.problem())
        .data("flags", flags.stream().map(standing -> row(standing, around)).toList())
        .render();
  }

  private static Map<String, Object> row(FlagDesk.Standing standing, Around around) {
    Flag flag = standing.flag();
    boolean meant = flag.key().equals(around.wish().get("key"));
    Map<String, String> wish = meant ? around.wish() : Map.of();
    return Map.ofEntries(
        Map.entry("key", flag.key()),
        Map.entry("state", standing.decision().on() ? "on" : "off"),
        Map.entry("stage", flag.stage().word()),
        Map.entry("description", flag.description()),
        Map.entry("why", standing.decision().why()),
        Map.entry("owner", flag.owner()),
        Map.entry("since", flag.since()),
        Map.entry("until", flag.expires().or(flag::removeAfter).map(Object::toString).orElse("")),
        Map.entry("killSwitch", flag.killSwitch().orElse("")),
        Map.entry("lane", flag.lane().map(FlagsView::lane).orElse("")),
        Map.entry("uses", standing.uses()),
        Map.entry("ifOff", standing.ifOff()),
        Map.entry("locked", flag.locked()),
        Map.entry("switched", standing.switched().stream().map(FlagsView::row).toList()),
        Map.entry("open", meant && !around.problem().isEmpty()),
        Map.entry(
            "wish",
            Map.of(
                "value", wish.getOrDefault("value", ""),
                "tenant", wish.getOrDefault("tenant", around.tenant()),
                "reason", wish.getOrDefault("reason", ""),
                "expires", wish.getOrDefault("expires", ""))));
  }

  private static String lane(LaneLimits limits) {
    return "experimental: %d calls at once, %d s each, %.0f %% of the tokens of a budget"
        .formatted(limits.concurrency(), limits.time().toSeconds(), 100 * limits.tokenShare());
  }

  private static Map<String, Object> row(Switched one) {
    return Map.of(
        "state", one.on() ? "on" : "off",
        "tenant", one.tenant().orElse(""),
        "reason", one.reason(),
        "by", one.by(),
        "since", one.since().toString(),
        "until", one.expires().map(Object::toString).orElse(""));
  }

  /** A file that is packaged. */
  static String resource(String name) {
    try (InputStream in = FlagsView.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not packaged");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException(name + " cannot be read", broken);
    }
  }
}
