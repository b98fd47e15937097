package dev.turnpike.protocol.a2a.rest;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The members of a request that stand in its query. */
final class Query {
  /** Is read elsewhere, and for every binding alike. */
  private static final String VERSION = "a2a-version";

  private Query() {}

  /**
   * Those that the operation knows; others are passed over, as unknown members are.
   *
   * @param raw as it stood behind the question mark
   * @param known by their names
   * @throws Misshapen for a name that is given twice, in whatever case or spelling
   */
  static Map<String, String> read(String raw, Set<String> known) throws Unroutable, Misshapen {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> folded = new TreeSet<>();
    if (raw.isEmpty()) {
      return values;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String written = Percent.query(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : Percent.query(pair.substring(equals + 1));
      String fold = written.replace("_", "").toLowerCase(Locale.ROOT);
      if (fold.equals(VERSION) || fold.isEmpty()) {
        continue;
      }
      for (String name : known) {
        if (name.toLowerCase(Locale.ROOT).equals(fold)) {
          if (!folded.add(fold)) {
            throw Misshapen.twice(name);
          }
          if (!name.equals(written)) {
            throw Misshapen.at(name, "spelled like this in a query");
          }
          values.put(name, value);
        }
      }
    }
    return values;
  }

  /** The query that says the same; empty where there is nothing to say. */
  static String write(Map<String, Object> values) {
    StringBuilder query = new StringBuilder();
    values.forEach((name, value) ->
        query
            .append(query.isEmpty() ? "" : "&")
            .append(name)
            .append('=')
            .append(Percent.encoded(String.valueOf(value))));
    return query.toString();
  }
}
