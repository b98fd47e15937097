package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Caller;
import java.util.List;

/**
 * Which versions are served to whom. What is not served gets the answer of a version that nobody
 * knows. Asked for every request.
 */
@FunctionalInterface
public interface Versions {
  /** Every version that there is a flag for, newest first. */
  List<String> EACH = List.of(Version.CURRENT, Version.UNNAMED);

  /** Every one of them. */
  Versions RELEASED = (_, _, _) -> true;

  /**
   * Whether it is served there.
   *
   * @param version one of {@link #EACH}
   * @param endpoint the name of the endpoint
   */
  boolean serves(String version, Caller caller, String endpoint);
}
