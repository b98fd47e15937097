package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.tokens.Piece;
import dev.turnpike.tokens.Reported;
import dev.turnpike.tokens.Scales;
import dev.turnpike.tokens.Weight;
import java.util.List;

/**
 * What an agent says to a message that was sent to it: the parts of its answer, of its artifacts
 * and of what it says of its state. To look at a task weighs nothing, as often as it is done.
 */
public final class AgentScales implements Scales {
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted WANTED = new Wanted();
  private static final List<Member> SAID =
      List.of(
          WANTED.member("result", "message", "parts"),
          WANTED.member("result", "task", "artifacts"),
          WANTED.member("result", "task", "status", "message", "parts"),
          WANTED.member("result", "statusUpdate", "status", "message", "parts"),
          WANTED.member("result", "artifactUpdate", "artifact", "parts"),
          // the same as callers of 0.3 get it, who are told what it is by its kind
          WANTED.member("result", "parts"),
          WANTED.member("result", "artifacts"),
          WANTED.member("result", "status", "message", "parts"),
          WANTED.member("result", "artifact", "parts"));

  @Override
  public Weight weigh(Call call, Payload message) {
    if (call.verb() != Verb.INVOKE) {
      return Weight.NONE;
    }
    try {
      Scan scan = JsonScanner.scan(message, WANTED, LIMITS, Strictness.UPSTREAM);
      List<Piece> pieces =
          SAID.stream().filter(scan::has).map(member -> Piece.json(scan.part(member))).toList();
      return pieces.isEmpty()
          ? Weight.NONE
          : new Weight(Weight.Kind.RESULT, pieces, 0, Reported.NOTHING);
    } catch (MalformedJson _) {
      return Weight.NONE;
    }
  }
}
