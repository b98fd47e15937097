package dev.turnpike.admin;

import dev.turnpike.flags.Flag;
import dev.turnpike.flags.Switched;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Flags as JSON. */
final class FlagPage {
  private FlagPage() {}

  static Page of(List<FlagDesk.Standing> flags) {
    JsonArray rows = new JsonArray();
    flags.forEach(flag -> rows.add(row(flag)));
    return Page.json(rows.encode());
  }

  private static JsonObject row(FlagDesk.Standing standing) {
    Flag flag = standing.flag();
    JsonArray switched = new JsonArray();
    standing.switched().forEach(one -> switched.add(row(one)));
    JsonObject row =
        new JsonObject()
            .put("key", flag.key())
            .put("stage", flag.stage().word())
            .put("kind", flag.kind().word())
            .put("locked", flag.locked())
            .put("value", standing.decision().on())
            .put("reason", standing.decision().why())
            .put("because", standing.decision().because().name().toLowerCase(Locale.ROOT))
            .put("description", flag.description())
            .put("owner", flag.owner())
            .put("since", flag.since());
    flag.expires().ifPresent(day -> row.put("expires", day.toString()));
    flag.killSwitch().ifPresent(key -> row.put("killSwitch", key));
    flag.removeAfter().ifPresent(day -> row.put("removeAfter", day.toString()));
    row.put("overrides", switched).put("uses", new JsonArray(standing.uses()));
    if (!standing.ifOff().isEmpty()) {
      row.put("ifOff", standing.ifOff());
    }
    return row;
  }

  private static JsonObject row(Switched one) {
    JsonObject row = new JsonObject();
    one.tenant().ifPresent(tenant -> row.put("tenant", tenant));
    row.put("value", one.on())
        .put("reason", one.reason())
        .put("by", one.by())
        .put("since", one.since().toString());
    one.expires().ifPresent(moment -> row.put("expires", moment.toString()));
    return row;
  }
}
