package dev.turnpike.upstream;

import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.function.Consumer;

/** The splitter, for tests of other packages. */
public final class Splitting {
  private Splitting() {}

  /**
   * Feeds these pieces, one after the other, and ends.
   *
   * @return whether all was taken; false where a value passed the limit
   */
  public static boolean split(List<byte[]> pieces, int limit, Consumer<Payload> sink) {
    MessageSplitter splitter = new MessageSplitter(limit, sink);
    try {
      for (byte[] piece : pieces) {
        splitter.feed(piece);
      }
    } catch (UpstreamFailed tooLarge) {
      return false;
    }
    splitter.end();
    return true;
  }
}
