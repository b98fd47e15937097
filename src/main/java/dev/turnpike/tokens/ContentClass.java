package dev.turnpike.tokens;

import dev.turnpike.rpc.Payload;

/** What a text looks like: how many of its bytes make a token depends on it. */
public enum ContentClass {
  PROSE(4.4),
  JSON(3.0),
  CODE(3.5),
  BASE64(1.4);

  private static final int SAMPLE = 512;
  private static final int LONG_RUN = 72;

  // enough for a count of the whole sample
  private static final int BITS = 10;
  private static final int MOST = (1 << BITS) - 1;
  private static final int COUNTED = Integer.MAX_VALUE;
  private static final int[] LOOKS = looks();

  private final double bytesPerToken;

  ContentClass(double bytesPerToken) {
    this.bytesPerToken = bytesPerToken;
  }

  /** Tokens of so many bytes, before anything is learned. */
  double tokens(int bytes) {
    return bytes / bytesPerToken;
  }

  /** What the text is, by the look of a part in its middle. */
  public static ContentClass of(Payload text) {
    int size = Math.min(text.size(), SAMPLE);
    int from = text.offset() + (text.size() - size) / 2;
    byte[] bytes = text.array();
    int seen = 0;
    int run = 0;
    int longest = 0;
    for (int at = from; at < from + size; at++) {
      int looks = LOOKS[bytes[at] & 0xff];
      seen += looks & COUNTED;
      run = looks < 0 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    int quotes = seen & MOST;
    int marks = seen >> BITS & MOST;
    int breaks = seen >> 2 * BITS;
    if (longest >= LONG_RUN || (size >= 24 && longest == size)) {
      return BASE64;
    }
    if (quotes * 16 > size) {
      return JSON;
    }
    return marks * 18 > size && breaks > 0 ? CODE : PROSE;
  }

  // a sum for each kind of byte in one number, and its sign for the alphabet of base64: one look at
  // each byte
  private static int[] looks() {
    int[] looks = new int[256];
    looks['"'] = 1;
    for (char mark : "(){};=<>_[]*#|&".toCharArray()) {
      looks[mark] = 1 << BITS;
    }
    for (char gap : " \n\t\\".toCharArray()) {
      looks[gap] = 1 << 2 * BITS;
    }
    for (char letter : "+/=-_".toCharArray()) {
      looks[letter] |= Integer.MIN_VALUE;
    }
    for (char letter = 0; letter < 128; letter++) {
      looks[letter] |= Character.isLetterOrDigit(letter) ? Integer.MIN_VALUE : 0;
    }
    return looks;
  }
}
