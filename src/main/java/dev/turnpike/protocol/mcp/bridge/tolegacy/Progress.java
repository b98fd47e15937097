package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.JsonType;
import java.math.BigDecimal;

/**
 * How far a call is. Its progress must increase with each notification (2026-07-28,
 * basic/utilities/progress), whatever the upstream says.
 */
final class Progress {
  private static final int LONGEST = 64;

  private BigDecimal last = new BigDecimal("-1e400");

  /** Whether the notification says that the call is further than it was. */
  boolean further(Told told) {
    if (told.scan().type(Told.PROGRESS) != JsonType.NUMBER
        || told.scan().part(Told.PROGRESS).size() > LONGEST) {
      return false;
    }
    try {
      BigDecimal now = new BigDecimal(told.scan().part(Told.PROGRESS).text());
      boolean more = now.compareTo(last) > 0;
      last = more ? now : last;
      return more;
    } catch (NumberFormatException beyondAllMeasure) {
      return false;
    }
  }
}
