package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.config.ToolsSpec;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.util.Optional;

/** Definitions under the names that the endpoint shows. All else in them stays as it is written. */
final class Definitions {
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted WANTED = new Wanted();
  private static final Member NAME = WANTED.member("name");
  private static final Member URI = WANTED.member("uri");
  private static final Member TEMPLATE = WANTED.member("uriTemplate");
  private static final Member DESCRIPTION = WANTED.member("description");
  private static final Member EXECUTION = WANTED.member("execution");

  private Definitions() {}

  /** The definition of what is called {@code name} there and {@code shown} here. */
  static Payload shown(
      ListKind kind, String name, Payload definition, String shown, Optional<ToolsSpec.Edit> edit) {
    try {
      Scan scan = JsonScanner.scan(definition, WANTED, LIMITS, Strictness.UPSTREAM);
      Splice splice = Splice.of(definition);
      if (!shown.equals(name)) {
        splice.replace(scan.span(named(kind)), JsonText.quote(shown));
      }
      edit.flatMap(ToolsSpec.Edit::description)
          .ifPresent(text -> {
            if (scan.has(DESCRIPTION)) {
              splice.replace(scan.span(DESCRIPTION), JsonText.quote(text));
            } else {
              splice.insertMember(
                  new Span(0, definition.size()), "description", JsonText.quote(text));
            }
          });
      if (kind == ListKind.TOOLS) {
        // tasks of the older era are not bridged
        splice.removeMember(scan, EXECUTION);
      }
      return splice.apply();
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  private static Member named(ListKind kind) {
    return switch (kind) {
      case TOOLS, PROMPTS -> NAME;
      case RESOURCES -> URI;
      case TEMPLATES -> TEMPLATE;
    };
  }
}
