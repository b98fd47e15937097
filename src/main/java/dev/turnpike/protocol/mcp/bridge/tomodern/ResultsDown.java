package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.Lists;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A modern result in legacy words: without what only the modern era has, with structured content in
 * an object, and without kinds of content that the revision does not know.
 */
final class ResultsDown {
  private static final Wanted ENTRY = new Wanted();
  private static final Member NAME = ENTRY.member("name");
  private static final Member URI = ENTRY.member("uri");
  private static final Member TYPE = ENTRY.member("type");
  private static final Member OUTPUT_SCHEMA = ENTRY.member("outputSchema");
  private static final Wanted SPOKEN = new Wanted();
  private static final Member CONTENT = SPOKEN.member("content");
  private static final Member CONTENT_TYPE = SPOKEN.member("content", "type");
  private static final Member CONTENT_NAME = SPOKEN.member("content", "name");
  private static final Member CONTENT_URI = SPOKEN.member("content", "uri");

  private final Method method;
  private final String tool;
  private final String revision;
  private final Upstream upstream;
  private final Tools tools;
  private final OutputSchemas schemas;
  private final Visibility visibility;

  /**
   * @param tool that was called; empty for other methods
   */
  ResultsDown(
      Method method,
      String tool,
      String revision,
      Upstream upstream,
      Tools tools,
      OutputSchemas schemas,
      Visibility visibility) {
    this.method = method;
    this.tool = tool;
    this.revision = revision;
    this.upstream = upstream;
    this.tools = tools;
    this.schemas = schemas;
    this.visibility = visibility;
  }

  /** The result under the caller's id. */
  Payload legacy(Told told, RpcId id) throws Refused {
    Scan scan = told.scan();
    Splice splice = Splice.of(scan.payload());
    splice.replace(scan.span(Told.ID), id.lexeme());
    splice.removeMember(scan, Told.RESULT_TYPE);
    splice.removeMember(scan, Told.TTL);
    splice.removeMember(scan, Told.SCOPE);
    if (method.list().isPresent()) {
      boolean cut =
          Lists.filter(
              told,
              upstream.name(),
              method.list().get(),
              visibility,
              listed -> tools.learn(upstream, listed),
              splice);
      if (method.name().equals("tools/list")) {
        return schemas(cut ? reread(splice.apply()) : told, cut ? null : splice);
      }
    }
    if (method.name().equals("tools/call")) {
      structured(scan, splice);
      content(scan, splice);
    }
    if (method.name().equals("prompts/get") && links()) {
      prompt(scan, splice);
    }
    return splice.apply();
  }

  private boolean links() {
    return revision.equals("2025-03-26");
  }

  private static void prompt(Scan scan, Splice splice) {
    if (scan.type(Told.MESSAGES) == JsonType.ARRAY) {
      for (Scan message : JsonScanner.elements(scan.part(Told.MESSAGES), SPOKEN)) {
        if (message.type(CONTENT) == JsonType.OBJECT
            && message.text(CONTENT_TYPE).filter("resource_link"::equals).isPresent()) {
          int zero = message.spanIn(scan.payload()).start();
          Span at = message.span(CONTENT);
          splice.replace(
              new Span(zero + at.start(), zero + at.end()),
              linked(message.text(CONTENT_NAME), message.text(CONTENT_URI)));
        }
      }
    }
  }

  // a link to a resource, in the words of a revision that has none
  private static String linked(Optional<String> name, Optional<String> uri) {
    return "{\"type\":\"text\",\"text\":"
        + JsonText.quote(name.map(known -> known + ": ").orElse("") + uri.orElse(""))
        + "}";
  }

  // edits may not overlap: what is left of a cut list is read again
  private Told reread(Payload json) throws Refused {
    return Told.read(json, upstream.name());
  }

  private Payload schemas(Told told, @Nullable Splice begun) {
    Splice splice = begun == null ? Splice.of(told.scan().payload()) : begun;
    if (told.scan().type(Told.TOOLS) == JsonType.ARRAY) {
      for (Scan entry : JsonScanner.elements(told.scan().part(Told.TOOLS), ENTRY)) {
        if (entry.type(OUTPUT_SCHEMA) == JsonType.OBJECT
            && JsonValue.read(entry.part(OUTPUT_SCHEMA)) instanceof Map<?, ?> schema) {
          Object legacy = schemas.legacy(upstream, entry.text(NAME).orElse(""), schema);
          if (legacy != schema) {
            int zero = entry.spanIn(told.scan().payload()).start();
            Span at = entry.span(OUTPUT_SCHEMA);
            splice.replace(new Span(zero + at.start(), zero + at.end()), JsonValue.write(legacy));
          }
        }
      }
    }
    return splice.apply();
  }

  private void structured(Scan scan, Splice splice) {
    if (!scan.has(Told.STRUCTURED)) {
      return;
    }
    String json = scan.part(Told.STRUCTURED).text();
    if (scan.type(Told.STRUCTURED) != JsonType.OBJECT || schemas.wraps(upstream, tool)) {
      splice.replace(scan.span(Told.STRUCTURED), "{\"result\":" + json + "}");
    }
    if (scan.type(Told.CONTENT) == JsonType.ARRAY
        && JsonScanner.elements(scan.part(Told.CONTENT), ENTRY).isEmpty()) {
      // a revision before structured content shows the text only
      splice.replace(
          scan.span(Told.CONTENT), "[{\"type\":\"text\",\"text\":" + JsonText.quote(json) + "}]");
    }
  }

  private void content(Scan scan, Splice splice) throws Refused {
    if (!scan.has(Told.CONTENT)) {
      throw new Refused(
          new Refusal.UpstreamUnavailable(upstream.name(), "answered a tool call without content"));
    }
    if (!links() || scan.type(Told.CONTENT) != JsonType.ARRAY) {
      return;
    }
    List<Scan> parts = JsonScanner.elements(scan.part(Told.CONTENT), ENTRY);
    for (Scan part : parts) {
      if (part.text(TYPE).filter("resource_link"::equals).isPresent()) {
        splice.replace(part.spanIn(scan.payload()), linked(part.text(NAME), part.text(URI)));
      }
    }
  }
}
