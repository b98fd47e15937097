package dev.turnpike.bypass;

import dev.turnpike.testkit.RawRequest;
import java.util.ArrayList;
import java.util.List;

/** Attempts in who calls, and where. */
final class CallerAttempts {
  private final List<Attempt> all = new ArrayList<>();

  static List<Attempt> all() {
    CallerAttempts attempts = new CallerAttempts();
    attempts.tokens();
    attempts.places();
    attempts.framing();
    attempts.sessions();
    attempts.sealed();
    return attempts.all;
  }

  /** Those of a program that is known by its proxy's header alone. */
  static List<Attempt> meshed() {
    CallerAttempts attempts = new CallerAttempts();
    attempts.forgedHeaders();
    return attempts.all;
  }

  private static RawRequest echo() {
    return RawRequest.call("pay", "1", "echo", "{}");
  }

  private void add(String guard, String how, RawRequest request) {
    all.add(Attempt.of(guard, how, request));
  }

  private void tokens() {
    String guard = "a token that is not good is none, and none is not enough";
    add(guard, "none", echo());
    for (String token :
        List.of(
            "unknown",
            "elsewhere",
            "no-audience",
            "longer-audience",
            "other-endpoint",
            "id",
            "refresh",
            "nobody",
            "expired",
            "bound",
            "ann.",
            "ann=",
            "ANN",
            "ann ben",
            "ann,ben",
            "ann\"",
            "ann\tben",
            "'ann'",
            "a".repeat(17_000))) {
      add(
          guard,
          token.length() > 40 ? "one that is too long" : "'" + token + "'",
          echo().with("Authorization", "Bearer " + token));
    }
    for (String field :
        List.of(
            "ann",
            "Basic ann",
            "Bearer",
            "Bearer ",
            "Bearerann",
            "Token ann",
            "DPoP ann",
            "Bearer: ann")) {
      add(guard, "'" + field + "'", echo().with("Authorization", field));
    }
    add(
        guard,
        "twice",
        echo().with("Authorization", "Bearer ann").with("Authorization", "Bearer ann"));
    add(
        guard,
        "two",
        echo().with("Authorization", "Bearer unknown").with("Authorization", "Bearer ann"));
    add(guard, "in the query", echo().path("/mcp/pay?access_token=ann"));
    add(guard, "in a cookie", echo().with("Cookie", "access_token=ann; Authorization=Bearer ann"));
    add(
        guard,
        "in another field",
        echo().with("X-Authorization", "Bearer ann").with("Proxy-Authorization", "Bearer ann"));
    add(guard, "for the road behind", echo().with("X-Forwarded-Authorization", "Bearer ann"));
    add("rules say who", "somebody whom no rule names", echo().with("Authorization", "Bearer eve"));
    String nowhere = "a program is believed of nobody where no way is set";
    add(
        nowhere,
        "a certificate in a header",
        echo().with("X-Forwarded-Client-Cert", "By=" + Guarded.BY + ";URI=" + Guarded.PLANNER));
    add(
        nowhere,
        "a user in a header",
        echo().with("X-Forwarded-User", "ann").with("X-Remote-User", "ann").with("X-User", "ann"));
  }

  private void places() {
    String guard = "an endpoint has one path";
    for (String path :
        List.of(
            "/mcp/pay/",
            "//mcp/pay",
            "/mcp//pay",
            "/mcp/PAY",
            "/MCP/pay",
            "/mcp/%70ay",
            "/mcp/pay;x=1",
            "/mcp/pay%2f",
            "/mcp/pay%00",
            "/mcp/./pay",
            "/mcp/old/../pay",
            "/mcp/%2e%2e/mcp/pay",
            "/mcp",
            "/mcp/",
            "/mcp/none",
            "/mcp/pay/rest",
            "/%6dcp/pay",
            "/mcp%2fpay",
            "/mcp\\pay",
            "/a2a/pay",
            "/admin/config",
            "/admin/explain",
            "/q/health",
            "/q/metrics",
            "/console",
            "*",
            "/")) {
      add(guard, path, echo().with("Authorization", "Bearer ann").path(path));
    }
    String closed = "an endpoint that no rule opens stays shut";
    add(
        closed,
        "its own path",
        RawRequest.call("shut", "1", "echo", "{}").with("Authorization", "Bearer ann"));
    String host = "only what is ours is answered";
    for (String name :
        List.of(
            "evil.example",
            "localhost.evil.example",
            "localhost@evil.example",
            "localhost, evil.example",
            "",
            "127.0.0.1.nip.io")) {
      add(
          host,
          "Host '" + name + "'",
          echo().with("Authorization", "Bearer ann").replaced("Host", name));
    }
    add(host, "two hosts", echo().with("Authorization", "Bearer ann").with("Host", "localhost"));
    for (String origin :
        List.of(
            "https://evil.example",
            "null",
            "http://localhost.evil.example",
            "file://",
            "http://localhost http://evil.example")) {
      add(
          host,
          "Origin '" + origin + "'",
          echo().with("Authorization", "Bearer ann").with("Origin", origin));
    }
    add(
        host,
        "two origins",
        echo()
            .with("Authorization", "Bearer ann")
            .with("Origin", "http://localhost")
            .with("Origin", "https://evil.example"));
    for (String method : List.of("PUT", "PATCH", "TRACE", "CONNECT", "OPTIONS", "post", "HEAD")) {
      add(
          "an HTTP method is what it is",
          method,
          echo().with("Authorization", "Bearer ann").method(method));
    }
    add(
        "an HTTP method is what it is",
        "another by a header",
        echo()
            .with("Authorization", "Bearer ann")
            .method("GET")
            .with("X-HTTP-Method-Override", "POST"));
  }

  private void framing() {
    String guard = "a message has one length";
    String body = "{}";
    String head =
        "POST /mcp/pay HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ann\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
    all.add(
        Attempt.raw(
            guard,
            "both lengths",
            head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    all.add(
        Attempt.raw(
            guard, "two lengths", head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n" + body));
    all.add(
        Attempt.raw(
            guard, "two lengths in one field", head + "Content-Length: 2, 3\r\n\r\n" + body));
    all.add(Attempt.raw(guard, "a length with a sign", head + "Content-Length: +2\r\n\r\n" + body));
    all.add(Attempt.raw(guard, "a negative length", head + "Content-Length: -2\r\n\r\n" + body));
    all.add(
        Attempt.raw(guard, "a length in hexadecimal", head + "Content-Length: 0x2\r\n\r\n" + body));
    all.add(
        Attempt.raw(
            guard, "another encoding", head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"));
    all.add(
        Attempt.raw(
            guard,
            "an encoding that is misspelt",
            head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"));
    all.add(
        Attempt.raw(
            guard,
            "a space before the colon",
            head + "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n" + body));
    all.add(
        Attempt.raw(
            guard,
            "a chunk of no length",
            head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"));
    all.add(
        Attempt.raw(
            guard,
            "a field over two lines",
            head + "X-Y: a\r\n Authorization: Bearer ben\r\nContent-Length: 2\r\n\r\n" + body));
    all.add(
        Attempt.raw(
            guard, "a name with a space", head + "X Y: a\r\nContent-Length: 2\r\n\r\n" + body));
    all.add(Attempt.raw(guard, "an old version", "POST /mcp/pay HTTP/0.9\r\n\r\n"));
    all.add(
        Attempt.raw(
            guard,
            "another host in the line",
            head.replace("/mcp/pay", "http://evil.example/mcp/pay")
                + "Content-Length: 2\r\n\r\n"
                + body));
  }

  private void sessions() {
    String guard = "a session is its caller's, at its endpoint";
    String call = RawRequest.legacyBody("1", "tools/call", "{\"name\":\"echo\"}");
    RawRequest bens =
        RawRequest.legacy("old", "$session", call).with("Authorization", "Bearer ben");
    add(guard, "somebody else's", bens);
    add(
        guard,
        "somebody else's stream",
        RawRequest.get("old", "$session").with("Authorization", "Bearer ben"));
    add(
        guard,
        "the end of somebody else's",
        RawRequest.get("old", "$session").method("DELETE").with("Authorization", "Bearer ben"));
    add(
        guard,
        "somebody else's events",
        RawRequest.get("old", "$session")
            .with("Last-Event-ID", "1")
            .with("Authorization", "Bearer ben"));
    add(
        guard,
        "events that are not of it",
        RawRequest.get("old", "$session")
            .with("Last-Event-ID", "made-up")
            .with("Authorization", "Bearer ann"));
    for (String id : List.of("made-up", "", "$session x", "$sessionx", "..", "a".repeat(5_000))) {
      add(
          guard,
          id.length() > 40 ? "a long one" : "'" + id + "'",
          RawRequest.legacy("old", id, call).with("Authorization", "Bearer ann"));
    }
    add(
        guard,
        "none",
        RawRequest.legacy("old", "x", call)
            .without("Mcp-Session-Id")
            .with("Authorization", "Bearer ann"));
    add(
        guard,
        "two",
        RawRequest.legacy("old", "$session", call)
            .with("Mcp-Session-Id", "$session")
            .with("Authorization", "Bearer ann"));
    add(
        guard,
        "at another endpoint",
        RawRequest.legacy("both", "$session", call).with("Authorization", "Bearer ann"));
    add(guard, "without the token", RawRequest.legacy("old", "$session", call));
    add(
        guard,
        "of the old transport",
        RawRequest.post("old", call)
            .path("/mcp/old?sessionId=$session")
            .with("Authorization", "Bearer ann"));
  }

  private void sealed() {
    String guard = "what was sealed is opened for whom and what it was sealed";
    for (String cursor :
        List.of("made-up", "", "AAAA", "$cursor", "$cursorA", "A$cursor", "null", "0")) {
      String token = cursor.equals("$cursor") ? "ben" : "ann";
      add(
          guard,
          "cursor '" + cursor + "' by " + token,
          RawRequest.modern("both", "1", "tools/list", "\"cursor\":\"" + cursor + "\"")
              .with("Authorization", "Bearer " + token));
      add(
          guard,
          "cursor '" + cursor + "' of prompts",
          RawRequest.modern("both", "1", "prompts/list", "\"cursor\":\"" + cursor + "\"")
              .with("Authorization", "Bearer ann"));
      add(
          guard,
          "state '" + cursor + "'",
          RawRequest.modern(
                  "old",
                  "1",
                  "tools/call",
                  "\"name\":\"echo\",\"arguments\":{},\"requestState\":\""
                      + cursor
                      + "\",\"inputResponses\":{}")
              .with("Mcp-Name", "echo")
              .with("Authorization", "Bearer ann"));
    }
  }

  private void forgedHeaders() {
    String guard = "a program is believed of its proxy's header, in one shape";
    String good = "By=" + Guarded.BY + ";URI=" + Guarded.PLANNER;
    for (String field :
        List.of(
            "",
            "URI=" + Guarded.PLANNER,
            "By=" + Guarded.BY,
            good + "," + good,
            "By=x;URI=y," + good,
            good + ",By=x;URI=y",
            good + ";",
            ";" + good,
            good + ";URI=" + Guarded.PLANNER,
            "By=" + Guarded.BY + ";By=" + Guarded.BY + ";URI=" + Guarded.PLANNER,
            "By=spiffe://cluster.local/ns/gateway/sa/other;URI=" + Guarded.PLANNER,
            "By=\"" + Guarded.BY + "\";URI=" + Guarded.PLANNER,
            "By=" + Guarded.BY + ";URI=\"" + Guarded.PLANNER + "\"",
            "By=" + Guarded.BY + ";URI=spiffe://cluster.local/ns/agents/sa/other",
            "By=" + Guarded.BY + ";URI=spiffe://evil.example/ns/agents/sa/planner",
            "By=" + Guarded.BY + ";URI=spiffe://cluster.local/ns/agents/sa/planner/x",
            "By=" + Guarded.BY + ";URI=spiffe://cluster.local/ns/agents/sa/",
            "By=" + Guarded.BY + ";URI=spiffe://cluster.local//ns/agents/sa/planner",
            "By=" + Guarded.BY + ";URI=spiffe://cluster.local/ns/agents/sa/Planner",
            "By=" + Guarded.BY + ";URI=SPIFFE://cluster.local/ns/agents/sa/planner",
            "By=" + Guarded.BY + ";URI= " + Guarded.PLANNER,
            "By =" + Guarded.BY + ";URI=" + Guarded.PLANNER,
            "By=" + Guarded.BY + ";Uri=" + Guarded.PLANNER + ";uri=x",
            "By=" + Guarded.BY + ";Subject=\"a;URI=" + Guarded.PLANNER + "\"",
            "By=" + Guarded.BY + ";Subject=\"a\\\";URI=" + Guarded.PLANNER + "\"",
            "By=" + Guarded.BY + ";DNS=planner",
            "-",
            Guarded.PLANNER,
            good + ";Hash=" + "a".repeat(9_000))) {
      add(
          guard,
          field.length() > 200 ? "one that is too long" : "'" + field + "'",
          echo().with("X-Forwarded-Client-Cert", field));
    }
    add(
        guard,
        "two fields",
        echo().with("X-Forwarded-Client-Cert", good).with("X-Forwarded-Client-Cert", good));
    add(guard, "none", echo());
    add(guard, "another field", echo().with("X-Client-Cert", good).with("Forwarded", "by=" + good));
    add(guard, "a token, where no issuer is set", echo().with("Authorization", "Bearer ann"));
  }
}
