package dev.turnpike.rpc;

/** The hash of a member name: over its decoded UTF-8, so that aliases of one name share it. */
final class Key {
  private Key() {}

  static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }
}
