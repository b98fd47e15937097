package dev.turnpike.upstream;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.util.function.Consumer;

/** An array of messages, as JSON-RPC 2.0, section 6, allows a server to answer. */
public final class Batched {
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted NOTHING = new Wanted();

  private Batched() {}

  /** Gives each message of an array, in order; what is no array is given as it is. */
  public static void each(Payload value, Consumer<Payload> sink) {
    int at = 0;
    while (at < value.size() && value.at(at) <= ' ') {
      at++;
    }
    if (at == value.size() || value.at(at) != '[') {
      sink.accept(value);
      return;
    }
    try {
      Payload array = JsonScanner.scan(value, NOTHING, LIMITS, Strictness.UPSTREAM).payload();
      JsonScanner.elements(array.slice(at, array.size()), NOTHING)
          .forEach(element -> sink.accept(element.payload()));
    } catch (MalformedJson broken) {
      // whoever reads it says what is wrong with it
      sink.accept(value);
    }
  }
}
