package dev.turnpike.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Says in lines what there is to call. */
final class CatalogLines {
  private CatalogLines() {}

  /** One line for each endpoint, upstream and target; columns are apart by tabs. */
  static List<String> lines(String json) throws AdminApi.Untold {
    try {
      List<String> lines = new ArrayList<>();
      for (JsonObject endpoint : objects(new JsonObject(json).getJsonArray("endpoints"))) {
        lines.add(
            "/" + endpoint.getString("protocol", "mcp") + "/" + endpoint.getString("endpoint"));
        for (JsonObject upstream : objects(endpoint.getJsonArray("upstreams"))) {
          lines.add("  upstream\t" + upstream.getString("name") + "\t" + state(upstream));
        }
        for (JsonObject target : objects(endpoint.getJsonArray("targets"))) {
          lines.add(
              "  "
                  + target.getString("kind")
                  + "\t"
                  + target.getString("name")
                  + "\t"
                  + target.getString("upstream")
                  + "\t"
                  + target.getString("original"));
        }
      }
      return lines;
    } catch (DecodeException | ClassCastException unreadable) {
      throw new AdminApi.Untold(
          "the answer is no catalog: is this the management port of a Turnpike?");
    }
  }

  private static String state(JsonObject upstream) {
    String omitted = upstream.getString("omitted", "");
    String state =
        upstream.getBoolean("up", false)
            ? upstream.getString("era", "")
            : "left out: " + upstream.getString("trouble", "");
    return omitted.isEmpty() ? state : state + " (not all of it: " + omitted + ")";
  }

  private static List<JsonObject> objects(JsonArray array) {
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      objects.add(array.getJsonObject(i));
    }
    return objects;
  }
}
