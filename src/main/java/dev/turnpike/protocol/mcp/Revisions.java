package dev.turnpike.protocol.mcp;

import java.util.List;
import java.util.stream.Stream;

/**
 * The released revisions that Turnpike speaks, newest first. Their names are dates, so they compare
 * as text.
 */
public final class Revisions {
  public static final String MODERN = "2026-07-28";
  public static final String LATEST_LEGACY = "2025-11-25";

  /** The revision with batches. */
  public static final String BATCHING = "2025-03-26";

  /** The transport of 2024-11-05: no revision of its own, but told apart like one. */
  public static final String HTTP_SSE = "http-sse";

  public static final List<String> LEGACY_ALL = List.of(LATEST_LEGACY, "2025-06-18", BATCHING);
  public static final List<String> MODERN_ALL = List.of(MODERN);

  /** All that there is a flag for at either edge. */
  public static final List<String> EACH =
      Stream.of(MODERN_ALL, LEGACY_ALL, List.of(HTTP_SSE)).flatMap(List::stream).toList();

  private Revisions() {}

  /** Whether the name belongs to the modern era, known or not. */
  public static boolean modern(String revision) {
    return revision.length() == MODERN.length()
        && revision.charAt(0) >= '0'
        && revision.charAt(0) <= '9'
        && revision.compareTo(MODERN) >= 0;
  }
}
