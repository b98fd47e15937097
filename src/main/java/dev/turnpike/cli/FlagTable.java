package dev.turnpike.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The answer of {@code /admin/flags} as lines of a table. */
final class FlagTable {
  private FlagTable() {}

  /**
   * A head, a line for each flag, and below it one for each time that it was switched, for each of
   * its uses, and for what its end would do.
   *
   * @throws AdminApi.Untold where the answer is none of that API
   */
  static List<String> lines(String answer) throws AdminApi.Untold {
    try {
      JsonArray flags = new JsonArray(answer);
      List<String> lines = new ArrayList<>();
      int width =
          flags.stream()
              .mapToInt(flag -> ((JsonObject) flag).getString("key").length())
              .max()
              .orElse(3);
      String row = "%-" + width + "s  %-10s  %-3s  %s";
      lines.add(row.formatted("flag", "stage", "is", "because"));
      for (int i = 0; i < flags.size(); i++) {
        JsonObject flag = flags.getJsonObject(i);
        lines.add(
            row.formatted(
                flag.getString("key"),
                flag.getString("stage"),
                word(flag),
                shown(flag.getString("reason"))));
        JsonArray switched = flag.getJsonArray("overrides");
        for (int j = 0; j < switched.size(); j++) {
          lines.add(switched(switched.getJsonObject(j)));
        }
        flag.getJsonArray("uses", new JsonArray())
            .forEach(use -> lines.add("  used: " + shown((String) use)));
        if (flag.containsKey("ifOff")) {
          lines.add("  if off: " + shown(flag.getString("ifOff")));
        }
      }
      return lines;
    } catch (DecodeException | ClassCastException | NullPointerException other) {
      throw new AdminApi.Untold(
          "what was answered is no list of flags: is this the management port?");
    }
  }

  private static String switched(JsonObject one) {
    String tenant = one.getString("tenant");
    String expires = one.getString("expires");
    return "  %s for %s by %s%s: %s"
        .formatted(
            word(one),
            tenant == null ? "all" : "tenant " + shown(tenant),
            shown(one.getString("by")),
            expires == null ? "" : " until " + expires,
            shown(one.getString("reason")));
  }

  private static String word(JsonObject of) {
    return of.getBoolean("value") ? "on" : "off";
  }

  // written by whoever switched it: it may not move the terminal's cursor
  private static String shown(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
  }
}
