package dev.turnpike.fuzz;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.util.Optional;

/** A way into what may only be given scanned documents. */
final class Scanned {
  static final ScanLimits LIMITS = new ScanLimits(64, 100_000);

  private Scanned() {}

  static Optional<Scan> scan(Payload json, Wanted wanted, Strictness strictness) {
    try {
      return Optional.of(JsonScanner.scan(json, wanted, LIMITS, strictness));
    } catch (MalformedJson refused) {
      return Optional.empty();
    }
  }

  /** Of what we wrote ourselves: fails where we do not take it. */
  static Scan own(Payload json, Wanted wanted, Strictness strictness) {
    try {
      return JsonScanner.scan(json, wanted, LIMITS, strictness);
    } catch (MalformedJson refused) {
      throw new AssertionError("we wrote what we do not read: " + json.text(), refused);
    }
  }
}
