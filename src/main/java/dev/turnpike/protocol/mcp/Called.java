package dev.turnpike.protocol.mcp;

import dev.turnpike.config.Reach;
import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import java.util.List;
import java.util.stream.Collectors;

/**
 * In which revisions upstreams are called: the other edge of {@link Served}. One that has nothing
 * left in which it is called is as good as away. Asked when an upstream is met, and when a session
 * is opened there.
 */
@FunctionalInterface
public interface Called {
  /** What the names of the flags begin with; the revision follows. */
  String FLAG = "upstream.mcp.";

  /** Every released revision, and not the transport before them. */
  Called RELEASED = (revision, _) -> !revision.equals(Revisions.HTTP_SSE);

  /**
   * Whether that upstream is called so.
   *
   * @param revision one of {@link Revisions}, or {@link Revisions#HTTP_SSE}
   * @param upstream its name
   */
  boolean calls(String revision, String upstream);

  /** Those with sessions, newest first. */
  default List<String> legacy(String upstream) {
    return Revisions.LEGACY_ALL.stream().filter(one -> calls(one, upstream)).toList();
  }

  /** Whether there is one of those. */
  default boolean anyLegacy(String upstream) {
    for (String revision : Revisions.LEGACY_ALL) {
      if (calls(revision, upstream)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the upstream is called without sessions. */
  default boolean modern(String upstream) {
    return calls(Revisions.MODERN, upstream);
  }

  /** Whether it is called over what it is reached by. */
  default boolean reaches(UpstreamSpec upstream) {
    return switch (upstream.reach()) {
      case Reach.Events _ -> calls(Revisions.HTTP_SSE, upstream.name());
      case Reach.Http _, Reach.Program _, Reach.Card _ -> true;
    };
  }

  /** Whether a file may name it. Unlike {@link #reaches}, whatever somebody switches meanwhile. */
  default boolean permits(UpstreamSpec upstream) {
    return reaches(upstream);
  }

  /** The upstream would be called in one of these, and is not. */
  static Refused off(String upstream, List<String> revisions) {
    return new Refused(
        new Refusal.UpstreamUnavailable(
            upstream,
            revisions.stream()
                .map(revision -> FLAG + revision)
                .collect(
                    Collectors.joining(
                        ", ",
                        "is not called in what it speaks: off is "
                            + (revisions.size() == 1 ? "the flag " : "one of the flags "),
                        "")),
            false));
  }
}
