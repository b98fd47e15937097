package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.Lists;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the revision wants on every result, put on where an upstream left it out; and lists
 * filtered.
 */
final class Results {
  private final Method method;
  private final Upstream upstream;
  private final Tools tools;
  private final Supplier<List<String>> revisions;
  private final Visibility visibility;

  /**
   * @param revisions that the caller may speak here; asked where they are told
   */
  Results(
      Method method,
      Upstream upstream,
      Tools tools,
      Supplier<List<String>> revisions,
      Visibility visibility) {
    this.revisions = revisions;
    this.method = method;
    this.upstream = upstream;
    this.tools = tools;
    this.visibility = visibility;
  }

  Payload complete(Told told) throws Refused {
    if (told.scan().type(Told.RESULT) != JsonType.OBJECT) {
      throw unavailable("answered with a result that is no object");
    }
    Splice splice = Splice.of(told.scan().payload());
    Span result = told.scan().span(Told.RESULT);
    boolean whole = type(told, splice, result);
    boolean filtered =
        method.list().isPresent()
            && Lists.filter(
                told,
                upstream.name(),
                method.list().get(),
                visibility,
                tool -> tools.learn(upstream, tool),
                splice);
    if (method.cacheable() && whole) {
      caching(told, splice, result, filtered);
    }
    if (method.name().equals("server/discover")) {
      discovered(told, splice);
    }
    return splice.apply();
  }

  private boolean type(Told told, Splice splice, Span result) throws Refused {
    if (!told.scan().has(Told.RESULT_TYPE)) {
      splice.insertMember(result, "resultType", "\"complete\"");
      return true;
    }
    return switch (told.scan().text(Told.RESULT_TYPE).orElse("")) {
      case "complete" -> true;
      case "input_required" -> false;
      default -> throw unavailable("answered with a kind of result that nobody declared");
    };
  }

  private void caching(Told told, Splice splice, Span result, boolean filtered) {
    if (told.scan().type(Told.TTL) == JsonType.ABSENT) {
      splice.insertMember(result, "ttlMs", "0");
    } else if (told.scan().type(Told.TTL) != JsonType.NUMBER
        || told.scan().part(Told.TTL).at(0) == '-') {
      splice.replace(told.scan().span(Told.TTL), "0");
    }
    String scope = told.scan().text(Told.SCOPE).orElse("");
    if (!told.scan().has(Told.SCOPE)) {
      splice.insertMember(result, "cacheScope", "\"private\"");
    } else if (!scope.equals("private") && (!scope.equals("public") || filtered || personal())) {
      splice.replace(told.scan().span(Told.SCOPE), "\"private\"");
    }
  }

  // a list that rules may cut differently for another caller must not be shared with one
  private boolean personal() {
    return method.list().isPresent() && !visibility.uniform();
  }

  private void discovered(Told told, Splice splice) {
    if (told.scan().type(Told.VERSIONS) == JsonType.ARRAY
        && JsonValue.read(told.scan().part(Told.VERSIONS)) instanceof List<?> theirs) {
      List<String> ours = revisions.get().stream().filter(theirs::contains).toList();
      if (!ours.equals(theirs)) {
        splice.replace(told.scan().span(Told.VERSIONS), JsonValue.write(ours));
      }
    }
    for (var off : List.of(Told.CAPABILITY_TASKS, Told.CAPABILITY_EXTENSIONS)) {
      if (told.scan().has(off)) {
        splice.removeMember(told.scan(), off);
      }
    }
  }

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream.name(), reason));
  }
}
