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
    int from = Math.max(0, (text.size() - SAMPLE) / 2);
    int to = Math.min(text.size(), from + SAMPLE);
    int quotes = 0;
    int marks = 0;
    int breaks = 0;
    int run = 0;
    int longest = 0;
    for (int at = from; at < to; at++) {
      byte here = text.at(at);
      switch (here) {
        case '"' -> quotes++;
        case '(', ')', '{', '}', ';', '=', '<', '>', '_', '[', ']', '*', '#', '|', '&' -> marks++;
        case ' ', '\n', '\t', '\\' -> breaks++;
        default -> {}
      }
      run = isAlphabet(here) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    int size = to - from;
    if (longest >= LONG_RUN || (size >= 24 && longest == size)) {
      return BASE64;
    }
    if (quotes * 16 > size) {
      return JSON;
    }
    return marks * 18 > size && breaks > 0 ? CODE : PROSE;
  }

  private static boolean isAlphabet(byte here) {
    return (here >= 'A' && here <= 'Z')
        || (here >= 'a' && here <= 'z')
        || (here >= '0' && here <= '9')
        || here == '+'
        || here == '/'
        || here == '='
        || here == '-'
        || here == '_';
  }
}
