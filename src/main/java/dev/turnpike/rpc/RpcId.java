package dev.turnpike.rpc;

/**
 * A JSON-RPC request id, with the characters it was written in. A string and a number with the same
 * digits are different ids (JSON-RPC 2.0, section 4).
 */
public sealed interface RpcId {
  /** As it stands in JSON, quotes included. */
  String lexeme();

  /** Equal when the decoded strings are, however they were escaped. */
  record Text(String value, String lexeme) implements RpcId {
    @Override
    public boolean equals(Object other) {
      return other instanceof Text that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }

  /** A number, in the digits the peer chose. */
  record Num(String lexeme) implements RpcId {}
}
