package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Uris;

/** Which of an upstream's notifications a caller may hear. */
final class Notices {
  private Notices() {}

  static boolean shown(String name, Told told, Visibility visibility) {
    return !name.equals("notifications/resources/updated")
        || told.scan()
            .text(Told.URI)
            .map(uri -> Uris.plain(uri) && visibility.shows(new Target(Target.Kind.RESOURCE, uri)))
            .orElse(false);
  }
}
