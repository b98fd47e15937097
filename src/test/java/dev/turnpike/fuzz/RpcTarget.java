package dev.turnpike.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.rpc.NotRpc;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMembers;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.RpcReader;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.math.BigInteger;
import java.util.Optional;

/** The shape of a message, against what the same rules say of Jackson's tree. */
final class RpcTarget implements Target {
  private static final Wanted WANTED = new Wanted();

  static {
    RpcMembers.register(WANTED);
  }

  @Override
  public boolean judge(byte[] input) {
    Payload json = JsonTarget.amid(input, Pieces.chance(input));
    Optional<Scan> scan = Scanned.scan(json, WANTED, Strictness.CALLER);
    if (scan.isEmpty()) {
      return false;
    }
    JsonNode tree = Jackson.tree(input);
    try {
      RpcMessage message = RpcReader.read(scan.get());
      assertThat(shape(tree)).isEqualTo(shape(message));
      return true;
    } catch (NotRpc refused) {
      assertThat(shape(tree)).isEqualTo("none");
      refused.id().ifPresent(id -> assertThat(usable(tree.path("id"), id)).isTrue());
      return false;
    }
  }

  private static String shape(RpcMessage message) {
    return switch (message) {
      case RpcMessage.Request(var id, var method) -> "request " + said(id) + " " + method;
      case RpcMessage.Notification(var method) -> "notification " + method;
      case RpcMessage.Result(var id) -> "result " + said(id);
      case RpcMessage.Failure(var id, _) -> "failure " + id.map(RpcTarget::said).orElse("none");
    };
  }

  private static String said(RpcId id) {
    return switch (id) {
      case RpcId.Text(var text, _) -> "text " + text;
      case RpcId.Num(var digits) -> "number " + new BigInteger(digits);
    };
  }

  private static String shape(JsonNode tree) {
    JsonNode id = tree.path("id");
    boolean usable = id.isTextual() || id.isIntegralNumber();
    String said = id.isTextual() ? "text " + id.textValue() : "number " + id.asText();
    boolean method = tree.has("method");
    boolean result = tree.has("result");
    boolean error = tree.has("error");
    if (!tree.isObject()
        || !tree.path("jsonrpc").asText().equals("2.0")
        || !tree.path("jsonrpc").isTextual()
        || (method ? 1 : 0) + (result ? 1 : 0) + (error ? 1 : 0) != 1) {
      return "none";
    }
    if (method) {
      JsonNode params = tree.path("params");
      if (!tree.path("method").isTextual()
          || !(params.isMissingNode() || params.isContainerNode())
          || (tree.has("id") && !usable)) {
        return "none";
      }
      String name = tree.path("method").textValue();
      return tree.has("id") ? "request " + said + " " + name : "notification " + name;
    }
    if (result) {
      return usable ? "result " + said : "none";
    }
    if (!tree.path("error").isObject() || !(usable || id.isNull() || id.isMissingNode())) {
      return "none";
    }
    return "failure " + (usable ? said : "none");
  }

  private static boolean usable(JsonNode node, RpcId id) {
    return switch (id) {
      case RpcId.Text(var text, _) -> node.isTextual() && node.textValue().equals(text);
      case RpcId.Num _ -> node.isIntegralNumber();
    };
  }
}
