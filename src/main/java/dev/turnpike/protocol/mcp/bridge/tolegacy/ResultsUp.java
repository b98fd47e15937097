package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.Lists;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.upstream.Upstream;

/**
 * A legacy result in modern words: with its kind, with what a cache may do, and with the server
 * that it is of.
 */
final class ResultsUp {
  private static final Wanted ENTRY = new Wanted();
  private static final Member EXECUTION = ENTRY.member("execution");

  private final Method method;
  private final Upstream upstream;
  private final PooledSession session;
  private final Tools tools;
  private final Visibility visibility;

  ResultsUp(
      Method method, Upstream upstream, PooledSession session, Tools tools, Visibility visibility) {
    this.method = method;
    this.upstream = upstream;
    this.session = session;
    this.tools = tools;
    this.visibility = visibility;
  }

  /** The result under the caller's id. */
  Payload modern(Told answer, RpcId id) throws Refused {
    Told told = method.list().isPresent() ? listed(answer) : answer;
    Scan scan = told.scan();
    if (scan.type(Told.RESULT) != JsonType.OBJECT) {
      throw new Refused(
          new Refusal.UpstreamUnavailable(
              upstream.name(), "answered with a result that is no object"));
    }
    Splice splice = Splice.of(scan.payload());
    Span result = scan.span(Told.RESULT);
    splice.replace(scan.span(Told.ID), id.lexeme());
    set(scan, splice, Told.RESULT_TYPE, "resultType", "\"complete\"");
    if (method.cacheable()) {
      // a legacy server says nothing of how long it holds, nor for whom
      set(scan, splice, Told.TTL, "ttlMs", "0");
      set(scan, splice, Told.SCOPE, "cacheScope", "\"private\"");
    }
    if (scan.type(Told.RESULT_META) == JsonType.OBJECT) {
      set(scan, splice, Told.SERVER_INFO, Told.RESULT_META, Words.META_SERVER, session.info());
    } else if (!scan.has(Told.RESULT_META)) {
      splice.insertMember(
          result, "_meta", "{" + JsonText.quote(Words.META_SERVER) + ":" + session.info() + "}");
    }
    if (method.name().equals("tools/list") && scan.type(Told.TOOLS) == JsonType.ARRAY) {
      for (Scan tool : JsonScanner.elements(scan.part(Told.TOOLS), ENTRY)) {
        // tasks of that era are not bridged
        splice.removeMember(tool, EXECUTION);
      }
    }
    return splice.apply();
  }

  private static void set(Scan scan, Splice splice, Member member, String name, String json) {
    set(scan, splice, member, Told.RESULT, name, json);
  }

  private static void set(
      Scan scan, Splice splice, Member member, Member in, String name, String json) {
    if (scan.has(member)) {
      splice.replace(scan.span(member), json);
    } else {
      splice.insertMember(scan.span(in), name, json);
    }
  }

  // edits may not overlap: what is left of a cut list is read again
  private Told listed(Told told) throws Refused {
    Splice splice = Splice.of(told.scan().payload());
    boolean cut =
        Lists.filter(
            told,
            upstream.name(),
            method.list().orElseThrow(),
            visibility,
            tool -> tools.learn(upstream, tool),
            splice);
    return cut ? Told.read(splice.apply(), upstream.name()) : told;
  }
}
