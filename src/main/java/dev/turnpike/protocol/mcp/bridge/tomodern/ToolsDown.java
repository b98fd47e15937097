package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.upstream.Upstream;
import java.util.Map;

/** One tool's definition in legacy words. */
final class ToolsDown {
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted ENTRY = new Wanted();
  private static final Member OUTPUT_SCHEMA = ENTRY.member("outputSchema");

  private ToolsDown() {}

  static Payload legacy(OutputSchemas schemas, Upstream upstream, String name, Payload definition) {
    try {
      Scan scan = JsonScanner.scan(definition, ENTRY, LIMITS, Strictness.UPSTREAM);
      if (scan.type(OUTPUT_SCHEMA) == JsonType.OBJECT
          && JsonValue.read(scan.part(OUTPUT_SCHEMA)) instanceof Map<?, ?> schema) {
        Object legacy = schemas.legacy(upstream, name, schema);
        if (legacy != schema) {
          return Splice.of(definition)
              .replace(scan.span(OUTPUT_SCHEMA), JsonValue.write(legacy))
              .apply();
        }
      }
      return definition;
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }
}
