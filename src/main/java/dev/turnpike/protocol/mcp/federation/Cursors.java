package dev.turnpike.protocol.mcp.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.seal.Seal;
import java.util.List;
import java.util.Optional;

/** Where a caller is in a list, sealed: it opens for the same caller, endpoint and list only. */
record Cursors(Seal seal) {
  /** Before the entry of that number, in that state of the list. */
  record Place(long generation, int offset) {}

  String of(Place place, Call call, Caller caller) {
    return seal.seal(
        (place.generation() + " " + place.offset()).getBytes(UTF_8), bound(call, caller));
  }

  Optional<Place> place(String cursor, Call call, Caller caller) {
    return seal.open(cursor, bound(call, caller))
        .map(plain -> new String(plain, UTF_8).split(" "))
        .map(parts -> new Place(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
  }

  private static List<String> bound(Call call, Caller caller) {
    return List.of(call.endpoint(), call.method(), caller.tenant(), caller.name());
  }
}
