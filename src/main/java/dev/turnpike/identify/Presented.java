package dev.turnpike.identify;

import java.util.List;
import java.util.Optional;

/**
 * The token of a request, as it was sent.
 *
 * @param proven whether a proof of the key comes with it: scheme {@code DPoP} instead of {@code
 *     Bearer}
 */
record Presented(boolean proven, String token) {
  private static final int LONGEST = 16 * 1024;
  private static final boolean[] TOKEN68 = token68();

  /** Empty where it is not exactly one, of a scheme that is taken. */
  static Optional<Presented> of(List<String> sent) {
    if (sent.size() != 1) {
      return Optional.empty();
    }
    String field = sent.getFirst();
    int space = field.indexOf(' ');
    String scheme = space < 0 ? "" : field.substring(0, space);
    boolean proven = scheme.equalsIgnoreCase("DPoP");
    String token = field.substring(space + 1).strip();
    return (proven || scheme.equalsIgnoreCase("Bearer"))
            && !token.isEmpty()
            && token.length() <= LONGEST
            && isToken68(token)
        ? Optional.of(new Presented(proven, token))
        : Optional.empty();
  }

  // RFC 6750, section 2.1
  private static boolean isToken68(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c >= TOKEN68.length || !TOKEN68[c]) {
        return false;
      }
    }
    return true;
  }

  private static boolean[] token68() {
    boolean[] taken = new boolean[128];
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/="
        .chars()
        .forEach(c -> taken[c] = true);
    return taken;
  }
}
