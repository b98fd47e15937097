package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.rpc.Lasting;
import dev.turnpike.rpc.Payload;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Cuts pages out of a list, of what the caller may see. */
final class Pages {
  private Pages() {}

  /**
   * A page.
   *
   * @param entries as JSON, with commas between them
   * @param next the number of the entry that the next page begins with; -1 after the last
   */
  record Page(Lasting entries, int next) {}

  /** At most {@code size} visible entries, from the one of that number on. */
  static Page cut(List<Entry> list, int from, int size, Era era, Visibility visibility) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int taken = 0;
    int at = from;
    for (; at < list.size() && taken < size; at++) {
      Entry entry = list.get(at);
      if (entry.visible(visibility)) {
        if (taken++ > 0) {
          out.write(',');
        }
        Payload definition = entry.definition(era);
        out.write(definition.array(), definition.offset(), definition.size());
      }
    }
    // a page behind which nothing is visible is the last one
    while (at < list.size() && !list.get(at).visible(visibility)) {
      at++;
    }
    return new Page(new Lasting(Payload.of(out.toByteArray())), at < list.size() ? at : -1);
  }
}
