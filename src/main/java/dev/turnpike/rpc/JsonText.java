package dev.turnpike.rpc;

public final class JsonText {
  private JsonText() {}

  public static String decode(Payload quotedString) {
    throw new UnsupportedOperationException();
  }

  public static String quote(String text) {
    throw new UnsupportedOperationException();
  }

  public static void quoteInto(StringBuilder out, String text) {
    throw new UnsupportedOperationException();
  }
}
