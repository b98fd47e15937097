package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that there is to call at one endpoint, for administrators: what the rules make of it is not
 * looked at.
 *
 * @param protocol that it is served in
 */
public record EndpointCatalog(
    String endpoint, String protocol, List<Source> upstreams, List<Target> targets) {
  public EndpointCatalog {
    upstreams = List.copyOf(upstreams);
    targets = List.copyOf(targets);
  }

  /**
   * An upstream of the endpoint.
   *
   * @param era {@code modern} or {@code legacy}; empty where it has not been learned
   * @param trouble why it is left out of lists; empty where it is not
   * @param omitted what of it is left out, in words
   * @param holdsMillis how long it may be taken for what it last said
   */
  public record Source(String name, String era, String trouble, String omitted, long holdsMillis) {}

  /**
   * A tool, prompt, resource or resource template.
   *
   * @param name as it is shown and called
   * @param original as its upstream calls it
   * @param definition as it is listed
   */
  public record Target(
      String kind, String name, String upstream, String original, Payload definition) {}

  static EndpointCatalog of(Endpoint endpoint, Merged merged) {
    List<Source> sources = new ArrayList<>();
    merged
        .from()
        .forEach((name, known) ->
            sources.add(
                new Source(
                    name,
                    known.offer().map(Offer::era).orElse(""),
                    known.trouble(),
                    known.offer().map(Offer::omitted).orElse(""),
                    known.offer().map(offer -> offer.holds().toMillis()).orElse(0L))));
    List<Target> targets = new ArrayList<>();
    for (ListKind kind : ListKind.values()) {
      for (Entry entry : merged.list(kind)) {
        targets.add(
            new Target(
                kind.word(), entry.shown(), entry.upstream(), entry.name(), entry.definition()));
      }
    }
    return new EndpointCatalog(endpoint.name(), endpoint.wire().word(), sources, targets);
  }

  /** As {@code GET /admin/catalog} has it. */
  public String json() {
    StringBuilder json =
        new StringBuilder("{\"endpoint\":")
            .append(JsonText.quote(endpoint))
            .append(",\"protocol\":")
            .append(JsonText.quote(protocol))
            .append(",\"upstreams\":[");
    String comma = "";
    for (Source source : upstreams) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", source.name());
      row.put("era", source.era());
      row.put("up", source.trouble().isEmpty());
      row.put("trouble", source.trouble());
      row.put("omitted", source.omitted());
      row.put("holdsMs", source.holdsMillis());
      json.append(comma).append(JsonValue.write(row));
      comma = ",";
    }
    json.append("],\"targets\":[");
    comma = "";
    for (Target target : targets) {
      json.append(comma)
          .append("{\"kind\":")
          .append(JsonText.quote(target.kind()))
          .append(",\"name\":")
          .append(JsonText.quote(target.name()))
          .append(",\"upstream\":")
          .append(JsonText.quote(target.upstream()))
          .append(",\"original\":")
          .append(JsonText.quote(target.original()))
          .append(",\"definition\":")
          .append(target.definition().text())
          .append('}');
      comma = ",";
    }
    return json.append("]}").toString();
  }
}
