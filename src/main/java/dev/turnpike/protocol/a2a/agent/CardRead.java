package dev.turnpike.protocol.a2a.agent;

import dev.turnpike.config.Reach;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a card. */
final class CardRead {
  /** Larger ones are nobody's. */
  static final int MOST_BYTES = 512 * 1024;

  private static final ScanLimits LIMITS = new ScanLimits(32, 20_000);
  private static final Wanted NOTHING = new Wanted();

  private CardRead() {}

  static Agent of(Payload written, Reach.Card reach) throws UnusableCard {
    Map<String, Object> card = members(written);
    Interfaces.Offer offer = new Interfaces(reach).choose(card);
    return new Agent(card, written, offer.url(), offer.version(), offer.tenant());
  }

  private static Map<String, Object> members(Payload written) throws UnusableCard {
    if (written.size() > MOST_BYTES) {
      throw new UnusableCard("has a card of more than " + MOST_BYTES + " bytes");
    }
    try {
      JsonScanner.scan(written, NOTHING, LIMITS, Strictness.UPSTREAM);
    } catch (MalformedJson malformed) {
      throw new UnusableCard("has a card that cannot be read: " + malformed.reason());
    }
    if (!(JsonValue.read(written) instanceof Map<?, ?> members)) {
      throw new UnusableCard("has a card that is no object");
    }
    Map<String, Object> card = new LinkedHashMap<>();
    members.forEach((name, value) -> card.put(String.valueOf(name), value));
    return card;
  }
}
