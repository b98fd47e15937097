package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.rpc.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that one upstream offers to callers with certain capabilities.
 *
 * @param era {@code modern} or {@code legacy}
 * @param capabilities the server's, without what cannot be bridged
 * @param extensions the identifiers of those that the server has
 * @param holds how long it may be taken for true
 * @param shared whether the upstream says that it is the same for everybody
 * @param omitted what was left out, in words; empty where nothing was
 */
record Offer(
    String era,
    Map<String, Object> capabilities,
    Set<String> extensions,
    Optional<String> instructions,
    Map<ListKind, List<Item>> lists,
    Duration holds,
    boolean shared,
    String omitted) {
  Offer {
    extensions = Set.copyOf(extensions);
    lists = Map.copyOf(lists);
  }

  /**
   * One entry of a list.
   *
   * @param name the tool's or prompt's name, or the URI
   * @param definition as the upstream wrote it
   * @param legacy the same, as legacy callers are shown it
   */
  record Item(String name, Payload definition, Payload legacy) {}

  List<Item> list(ListKind kind) {
    return lists.getOrDefault(kind, List.of());
  }
}
