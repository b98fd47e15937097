package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.tokens.Notes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What budgets have to say in MCP: a member of the result's {@code _meta}, or an error. */
public final class McpNotes implements Notes {
  /** The member of {@code _meta}: an array of budgets. */
  public static final String BUDGETS = "dev.turnpike/budgets";

  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted WANTED = new Wanted();
  private static final Member ID = WANTED.member("id");
  private static final Member RESULT = WANTED.member("result");
  private static final Member META = WANTED.member("result", "_meta");
  private static final Member OURS = WANTED.member("result", "_meta", BUDGETS);

  @Override
  public Payload left(Payload message, List<Allowance> allowances) {
    try {
      Scan scan = JsonScanner.scan(message, WANTED, LIMITS, Strictness.UPSTREAM);
      if (scan.type(RESULT) != JsonType.OBJECT) {
        return message;
      }
      Splice splice = Splice.of(message);
      String said = said(allowances);
      if (!scan.has(META)) {
        splice.insertMember(
            scan.span(RESULT), "_meta", "{" + JsonText.quote(BUDGETS) + ":" + said + "}");
      } else if (scan.type(META) == JsonType.OBJECT) {
        // an upstream does not speak for our budgets
        if (scan.has(OURS)) {
          splice.replace(scan.span(OURS), said);
        } else {
          splice.insertMember(scan.span(META), BUDGETS, said);
        }
      }
      return splice.apply();
    } catch (MalformedJson _) {
      return message;
    }
  }

  private static String said(List<Allowance> allowances) {
    StringBuilder said = new StringBuilder(100 * allowances.size());
    for (Allowance one : allowances) {
      JsonText.quoteInto(
          said.append(said.isEmpty() ? "[{" : ",{").append("\"budget\":"), one.budget());
      JsonText.quoteInto(said.append(",\"unit\":"), one.unit());
      said.append(",\"limit\":").append(one.limit());
      said.append(",\"remaining\":").append(one.remaining());
      said.append(",\"resetSeconds\":").append(McpErrors.seconds(one.reset())).append('}');
    }
    return said.append(']').toString();
  }

  @Override
  public Payload outgrown(Payload message, Refusal.OverBudget refusal) {
    McpErrors.Words words = McpErrors.of(refusal, Era.LEGACY);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", words.code());
    error.put("message", "The result is larger than what is left: " + words.message());
    error.put("data", words.data());
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id(message)
            + ",\"error\":"
            + JsonValue.write(error)
            + "}");
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
