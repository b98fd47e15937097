package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.tokens.Notes;
import java.util.List;

/** What budgets have to say in A2A: an error in place of what is too large, and nothing else. */
public final class AgentNotes implements Notes {
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted WANTED = new Wanted();
  private static final Member ID = WANTED.member("id");

  /** There is no place for it that agents and clients agree on; header fields say it. */
  @Override
  public Payload left(Payload message, List<Allowance> allowances) {
    return message;
  }

  @Override
  public Payload outgrown(Payload message, Refusal.OverBudget refusal) {
    return Refusals.message(refusal, id(message));
  }

  private static String id(Payload message) {
    try {
      Scan scan = JsonScanner.scan(message, WANTED, LIMITS, Strictness.UPSTREAM);
      return scan.has(ID) ? scan.part(ID).text() : "null";
    } catch (MalformedJson _) {
      return "null";
    }
  }
}
