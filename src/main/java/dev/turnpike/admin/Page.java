package dev.turnpike.admin;

import dev.turnpike.audit.TrailQuery;
import dev.turnpike.authorize.Explanation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What is answered with status 200. */
record Page(String contentType, String body) {
  static Page json(String body) {
    return new Page("application/json", body);
  }

  static Page of(TrailQuery found) {
    return json(
        "{\"records\":[" + String.join(",", found.records()) + "],\"more\":" + found.more() + "}");
  }

  static Page of(Explanation told) {
    JsonArray findings = new JsonArray();
    told.findings()
        .forEach(finding ->
            findings.add(
                new JsonObject()
                    .put("rule", finding.rule())
                    .put("effect", finding.allow() ? "allow" : "deny")
                    .put("mode", finding.observed() ? "observe" : "enforce")
                    .put("says", finding.says())));
    JsonObject page =
        new JsonObject()
            .put("decision", told.decision().name().toLowerCase(Locale.ROOT))
            .put("rules", new JsonArray(told.rules()))
            .put("why", told.why());
    if (!told.scopes().isEmpty()) {
      page.put("scopes", new JsonArray(told.scopes()));
    }
    return json(page.put("findings", findings).encode());
  }

  static Page of(InForce inForce) {
    JsonObject now =
        new JsonObject()
            .put("file", inForce.file())
            .put("since", inForce.since().toString())
            .put("serves", new JsonArray(inForce.description()));
    JsonObject refused =
        inForce
            .lastRefused()
            .map(rejected -> {
              JsonArray problems = new JsonArray();
              rejected
                  .problems()
                  .forEach(problem ->
                      problems.add(
                          new JsonObject()
                              .put("file", problem.mark().file())
                              .put("line", problem.mark().line())
                              .put("column", problem.mark().column())
                              .put("key", problem.key())
                              .put("message", problem.message())));
              return new JsonObject().put("at", rejected.at().toString()).put("problems", problems);
            })
            .orElse(null);
    return json(new JsonObject().put("inForce", now).put("lastRefused", refused).encode());
  }

  static Page of(List<Connected> sessions) {
    JsonArray rows = new JsonArray();
    sessions.forEach(session ->
        rows.add(
            new JsonObject()
                .put("endpoint", session.endpoint())
                .put("caller", session.caller())
                .put("tenant", session.tenant())
                .put("revision", session.revision())
                .put("idleSeconds", session.idle().toSeconds())));
    return json(new JsonObject().put("sessions", rows).encode());
  }
}
