package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;

/** Answers of a caller, under the ids that an upstream asked with. */
final class Answers {
  private static final ScanLimits LIMITS = new ScanLimits(1_000, Integer.MAX_VALUE);
  private static final Wanted ANSWER = new Wanted();
  private static final Member ID = ANSWER.member("id");

  private Answers() {}

  static Payload numbered(Payload answer, RpcId question) {
    try {
      Scan scan = JsonScanner.scan(answer, ANSWER, LIMITS, Strictness.CALLER);
      return Splice.of(answer).replace(scan.span(ID), question.lexeme()).apply();
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }
}
