package dev.turnpike.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Say what the rules of a Turnpike that is running make of a call, and why.",
    footer = {
      "",
      "For example: turnpike explain pay pay_refund --args '{\"amount\": 10}' --tenant acme",
      "Without --args it says what a list would.",
      "Exit status: 0 when it was told, 1 when not, 2 for wrong usage."
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private AdminOptions admin = new AdminOptions();

  @Parameters(index = "0", paramLabel = "ENDPOINT", description = "The endpoint's name.")
  private String endpoint = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "The name of a tool or prompt, or the URI of a resource.")
  private String target = "";

  @Option(names = "--kind", description = "tool, prompt or resource.")
  private @Nullable String kind;

  @Option(names = "--args", paramLabel = "JSON", description = "The arguments of the call.")
  private @Nullable String arguments;

  @Option(names = "--subject", description = "Whom the caller's token names.")
  private @Nullable String subject;

  @Option(names = "--client", description = "The client that the token was issued to.")
  private @Nullable String client;

  @Option(names = "--tenant", description = "The caller's tenant.")
  private @Nullable String tenant;

  @Option(names = "--group", description = "A group of the caller; may be given more than once.")
  private List<String> groups = new ArrayList<>();

  @Option(names = "--scope", description = "A scope of the token; may be given more than once.")
  private List<String> scopes = new ArrayList<>();

  @Option(names = "--workload", paramLabel = "SPIFFE-ID", description = "The calling program.")
  private @Nullable String workload;

  @Option(names = "--json", description = "Print the whole answer.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    String question = question().encode();
    return Told.to(
        spec,
        out -> {
          String answer = admin.api().post("/admin/explain", question);
          if (json) {
            out.println(answer);
          } else {
            print(answer, out);
          }
          return 0;
        });
  }

  private JsonObject question() {
    JsonObject caller = new JsonObject();
    put(caller, "subject", subject);
    put(caller, "client", client);
    put(caller, "tenant", tenant);
    put(caller, "workload", workload);
    if (!groups.isEmpty()) {
      caller.put("groups", new JsonArray(groups));
    }
    if (!scopes.isEmpty()) {
      caller.put("scopes", new JsonArray(scopes));
    }
    JsonObject question = new JsonObject().put("endpoint", endpoint).put("target", target);
    put(question, "kind", kind);
    if (!caller.isEmpty()) {
      question.put("caller", caller);
    }
    if (arguments != null) {
      question.put("args", object(arguments));
    }
    return question;
  }

  private JsonObject object(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException broken) {
      throw new CommandLine.ParameterException(
          spec == null ? new CommandLine(this) : spec.commandLine(),
          "--args takes an object of JSON, such as '{\"amount\": 10}'");
    }
  }

  private static void put(JsonObject object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  private static void print(String answer, PrintWriter out) throws AdminApi.Untold {
    try {
      JsonObject told = new JsonObject(answer);
      out.println(told.getString("decision"));
      out.println(told.getString("why"));
      JsonArray findings = told.getJsonArray("findings");
      for (int i = 0; i < findings.size(); i++) {
        JsonObject finding = findings.getJsonObject(i);
        out.println(
            "  %s\t%s\t%s"
                .formatted(
                    finding.getString("effect"),
                    finding.getString("rule"),
                    finding.getString("says")));
      }
    } catch (DecodeException | ClassCastException unreadable) {
      throw new AdminApi.Untold("the answer explains nothing: is this a Turnpike's own port?");
    }
  }
}
