package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Target;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** How MCP says that lists have changed. */
public final class Relisted {
  private Relisted() {}

  /** The notifications, in the order of the kinds. */
  public static List<String> notices(Collection<Target.Kind> kinds) {
    return kinds.stream()
        .sorted()
        .flatMap(kind ->
            switch (kind) {
              case TOOL -> Stream.of("notifications/tools/list_changed");
              case PROMPT -> Stream.of("notifications/prompts/list_changed");
              case RESOURCE -> Stream.of("notifications/resources/list_changed");
              case SKILL, OPERATION -> Stream.<String>empty();
            })
        .toList();
  }
}
