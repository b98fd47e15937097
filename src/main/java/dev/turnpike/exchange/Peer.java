package dev.turnpike.exchange;

import java.util.List;

/** What the connection of a request proves of the program at its other end. */
public sealed interface Peer {
  Peer UNKNOWN = new Unknown();

  /** Nothing. */
  record Unknown() implements Peer {}

  /**
   * It holds the key of a certificate that was verified.
   *
   * @param names its URIs, each as it stands there
   */
  record Certified(List<String> names) implements Peer {
    public Certified {
      names = List.copyOf(names);
    }
  }

  /** The mesh's proxy on this machine says who it is. */
  record Announced(String name) implements Peer {}
}
