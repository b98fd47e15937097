package dev.turnpike.bypass;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.RawRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Attempts in what a body says, and in headers that say it again. */
final class BodyAttempts {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private final List<Attempt> all = new ArrayList<>();

  static List<Attempt> all() {
    BodyAttempts attempts = new BodyAttempts();
    attempts.mirrors();
    attempts.names();
    attempts.duplicates();
    attempts.encodings();
    attempts.amounts();
    attempts.resources();
    attempts.batches();
    return attempts.all;
  }

  private static RawRequest ann(RawRequest request) {
    return request.with("Authorization", "Bearer ann");
  }

  static RawRequest call(String tool, String arguments) {
    return ann(RawRequest.call("pay", "1", tool, arguments));
  }

  private void add(String guard, String how, RawRequest request) {
    all.add(Attempt.of(guard, how, request));
  }

  private static String params(String inner) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
        + inner
        + ","
        + META
        + "}}";
  }

  private void mirrors() {
    String guard = "headers agree with the body";
    add(guard, "another name", call("drop", "{}").replaced("Mcp-Name", "echo"));
    add(guard, "another name, the other way", call("echo", "{}").replaced("Mcp-Name", "drop"));
    add(guard, "no name", call("echo", "{}").without("Mcp-Name"));
    add(guard, "an empty name", call("echo", "{}").replaced("Mcp-Name", ""));
    add(
        guard,
        "two names",
        call("drop", "{}").replaced("Mcp-Name", "echo").with("Mcp-Name", "drop"));
    add(guard, "two names in one field", call("drop", "{}").replaced("Mcp-Name", "drop, echo"));
    add(guard, "another case", call("echo", "{}").replaced("Mcp-Name", "ECHO"));
    add(guard, "another method", call("drop", "{}").replaced("Mcp-Method", "tools/list"));
    add(guard, "no method", call("echo", "{}").without("Mcp-Method"));
    add(guard, "two methods", call("drop", "{}").with("Mcp-Method", "tools/list"));
    add(guard, "a ping in the header", call("drop", "{}").replaced("Mcp-Method", "ping"));
    add(
        guard,
        "another revision",
        call("echo", "{}").replaced("MCP-Protocol-Version", "2025-11-25"));
    add(guard, "two revisions", call("echo", "{}").with("MCP-Protocol-Version", "2025-11-25"));
    add(
        guard,
        "a revision that is none",
        call("echo", "{}").replaced("MCP-Protocol-Version", "2026-07-29"));
    String encoded = Base64.getEncoder().encodeToString("echo".getBytes(StandardCharsets.UTF_8));
    add(
        guard,
        "an encoded name",
        call("drop", "{}").replaced("Mcp-Name", "=?base64?" + encoded + "?="));
    add(
        guard,
        "an encoding that is none",
        call("drop", "{}").replaced("Mcp-Name", "=?utf-8?drop?="));
    add(guard, "a name after a tab", call("drop", "{}").replaced("Mcp-Name", "echo\tdrop"));
  }

  private void names() {
    String guard = "a name is what it is, byte for byte";
    for (String name :
        List.of(
            "drop",
            "Drop",
            "DROP",
            "Echo",
            "ECHO",
            "echo ",
            " echo",
            "echo\\t",
            "echo\\n",
            "echo\\u0000",
            "echo%00",
            "%65cho",
            "echo/",
            "./echo",
            "../echo",
            "/echo",
            "echo;drop",
            "echo?drop",
            "echo#",
            "ech\\u043e",
            "\\u0435cho",
            "\\uff45cho",
            "ech\\u00f3",
            "echo\\u0301",
            "echo\\u200b",
            "\\u200becho",
            "ec\\u00adho",
            "\\ufeffecho",
            "\\u202eecho",
            "one_drop",
            "pay.echo",
            "*",
            "echo*",
            "**",
            "",
            "known")) {
      String json = params("\"name\":\"" + name + "\",\"arguments\":{}");
      RawRequest request = call("echo", "{}").body(json);
      // in the header as a client writes what is no plain ASCII
      String text = unescaped(name);
      String mirrored =
          text.chars().allMatch(c -> c > ' ' && c < 127) && !text.isEmpty()
              ? text
              : "=?base64?"
                  + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                  + "?=";
      add(guard, "'" + name + "'", request.replaced("Mcp-Name", mirrored));
    }
    add("unlisted targets are unknown", "a tool of another endpoint", call("transfer", "{}"));
    add(
        "an escaped name is the name",
        "dr\\u006fp",
        call("drop", "{}").body(params("\"name\":\"dr\\u006fp\",\"arguments\":{}")));
  }

  private static String unescaped(String json) {
    return String.valueOf(JsonValue.read(Payload.of("\"" + json + "\"")));
  }

  private void duplicates() {
    String guard = "a key is given once";
    Map<String, String> bodies =
        Map.ofEntries(
            Map.entry("name twice", params("\"name\":\"echo\",\"name\":\"drop\",\"arguments\":{}")),
            Map.entry(
                "name twice, the other way",
                params("\"name\":\"drop\",\"name\":\"echo\",\"arguments\":{}")),
            Map.entry(
                "name and an escaped one",
                params("\"name\":\"echo\",\"n\\u0061me\":\"drop\",\"arguments\":{}")),
            Map.entry(
                "arguments twice",
                params(
                    "\"name\":\"pay\",\"arguments\":{\"amount\":1},\"arguments\":{\"amount\":900}")),
            Map.entry(
                "an argument twice",
                params("\"name\":\"pay\",\"arguments\":{\"amount\":1,\"amount\":900}")),
            Map.entry(
                "an argument and an escaped one",
                params("\"name\":\"pay\",\"arguments\":{\"amount\":1,\"amoun\\u0074\":900}")),
            Map.entry(
                "deep in the arguments",
                params("\"name\":\"pay\",\"arguments\":{\"amount\":1,\"x\":[{\"a\":1,\"a\":2}]}")),
            Map.entry(
                "method twice",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"method\":\"tools/call\",\"params\":{\"name\":\"drop\","
                    + META
                    + "}}"),
            Map.entry(
                "params twice",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                    + META
                    + "},\"params\":{\"name\":\"drop\","
                    + META
                    + "}}"),
            Map.entry(
                "id twice",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                    + META
                    + "}}"));
    bodies.forEach((how, body) -> {
      add(guard, how, call(body.contains("\"pay\"") ? "pay" : "echo", "{}").body(body));
      String legacy = body.replace("," + META, "");
      add(guard, how + ", at the older era", ann(RawRequest.legacy("old", "$session", legacy)));
    });
  }

  private void encodings() {
    String guard = "a body is UTF-8 and nothing else";
    String good = params("\"name\":\"echo\",\"arguments\":{}");
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-32", "UTF-7?")) {
      byte[] bytes =
          charset.equals("UTF-7?")
              ? "+AHsAfQ-".getBytes(StandardCharsets.US_ASCII)
              : good.getBytes(Charset.forName(charset));
      add(guard, charset, call("echo", "{}").body(Payload.of(bytes)));
    }
    add(guard, "a byte order mark", call("echo", "{}").body("\ufeff" + good));
    add(
        guard,
        "an overlong letter",
        call("echo", "{}")
            .body(
                Payload.of(
                    good.replace("echo", "ech\u00c1\u00af")
                        .getBytes(StandardCharsets.ISO_8859_1))));
    add(
        guard,
        "half a pair",
        call("echo", "{}").body(params("\"name\":\"echo\\ud800\",\"arguments\":{}")));
    add(
        guard,
        "half a pair in the arguments",
        call("echo", "{}").body(params("\"name\":\"echo\",\"arguments\":{\"x\":\"\\udc00\"}")));
    String json = "a body is one document of JSON";
    for (String body :
        List.of(
            good + good,
            good + "x",
            "{}",
            "[" + good + "]",
            "[]",
            "null",
            "\"tools/call\"",
            "",
            good.replace("\"name\"", "'name'"),
            good.replace("{\"jsonrpc", "/**/{\"jsonrpc"),
            good.replace("\"id\":1", "\"id\":NaN"),
            good.replace("\"id\":1", "\"id\":01"),
            good.replace("\"id\":1", "\"id\":null"),
            good.replace("\"id\":1", "\"id\":[1]"),
            good.replace("\"2.0\"", "\"1.0\""),
            good.replace("}}}", "}},}"),
            good.replace("{}", "{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}"),
            good.replace("\"name\":\"echo\"", "\"name\":[\"echo\"]"),
            good.replace("\"name\":\"echo\"", "\"name\":null"),
            good.replace("\"name\":\"echo\"", "\"Name\":\"echo\""),
            good.replace("\"method\":\"tools/call\"", "\"method\":\"Tools/Call\""),
            good.replace("\"method\":\"tools/call\"", "\"method\":\"tools/call \""))) {
      add(
          json,
          body.length() > 60
              ? body.substring(0, 20) + "…" + Integer.toHexString(body.hashCode())
              : "'" + body + "'",
          call("echo", "{}").body(body));
    }
    add("encodings are refused", "gzip", call("echo", "{}").with("Content-Encoding", "gzip"));
    add(
        "encodings are refused",
        "another type",
        call("echo", "{}").replaced("Content-Type", "text/plain"));
    add(
        "encodings are refused",
        "a form",
        call("echo", "{}").replaced("Content-Type", "application/x-www-form-urlencoded"));
  }

  private void amounts() {
    String guard = "a condition sees what the upstream will see";
    for (String amount :
        List.of(
            "101",
            "100.5",
            "1e3",
            "1E+3",
            "100.0000000000000001",
            "100.00000000000000000000000001",
            "9223372036854775808",
            "99999999999999999999",
            "1e400",
            "\"5\"",
            "\"\"",
            "null",
            "true",
            "[5]",
            "{\"amount\":5}",
            "[]")) {
      add(guard, "amount " + amount, call("pay", "{\"amount\":" + amount + "}"));
    }
    add(guard, "no amount", call("pay", "{}"));
    add(guard, "another case", call("pay", "{\"Amount\":5}"));
    add(guard, "no arguments", call("pay", "{}").body(params("\"name\":\"pay\"")));
    add(
        guard,
        "arguments that are a list",
        call("pay", "{}").body(params("\"name\":\"pay\",\"arguments\":[{\"amount\":5}]")));
    add(
        guard,
        "arguments that are a text",
        call("pay", "{}").body(params("\"name\":\"pay\",\"arguments\":\"{}\"")));
    add(
        guard,
        "an amount beside the arguments",
        call("pay", "{}").body(params("\"name\":\"pay\",\"amount\":5,\"arguments\":{}")));
  }

  private void resources() {
    String guard = "a URI is read as it is written, and odd ones are no URI";
    for (String uri :
        List.of(
            "file:///secret",
            "file:///public/../secret",
            "file:///public/%2e%2e/secret",
            "file:///public/.%2e/secret",
            "file:///public/%2E./secret",
            "file:///public/..%2fsecret",
            "file:///public/a/../../secret",
            "file:///publicity/x",
            "FILE:///public/x",
            "File:///public/x",
            "file://host/public/x",
            "file:/public/x",
            "file:public/x",
            "file:///Public/x",
            "file:///public",
            "http://public/x",
            "file:///public/..\\\\secret",
            "file:///public/\\u0000",
            "file:///public/ x",
            "file:///public/x\\n",
            "",
            "**",
            "turnpike:one/file:///public/x",
            "file:///public/%00",
            "file:///public/./../secret")) {
      for (String method : List.of("resources/read", "resources/subscribe")) {
        boolean modern = method.endsWith("read");
        String params = "\"uri\":\"" + uri + "\"";
        add(
            guard,
            method + " '" + uri + "'",
            modern
                ? ann(RawRequest.modern("pay", "1", method, params))
                    .with("Mcp-Name", uri.isEmpty() ? "x" : mirrored(uri))
                : ann(
                    RawRequest.legacy(
                        "old",
                        "$session",
                        RawRequest.legacyBody("1", method, "{" + params + "}"))));
      }
    }
    String prompts = "prompts are guarded as tools are";
    add(
        prompts,
        "another prompt",
        ann(RawRequest.modern("pay", "1", "prompts/get", "\"name\":\"admin\""))
            .with("Mcp-Name", "admin"));
    add(
        prompts,
        "another case",
        ann(RawRequest.modern("pay", "1", "prompts/get", "\"name\":\"Greet\""))
            .with("Mcp-Name", "Greet"));
    add(
        prompts,
        "a completion of another",
        ann(
            RawRequest.modern(
                "pay",
                "1",
                "completion/complete",
                "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"admin\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}")));
    add(
        prompts,
        "a completion of a hidden resource",
        ann(
            RawRequest.modern(
                "pay",
                "1",
                "completion/complete",
                "\"ref\":{\"type\":\"ref/resource\",\"uri\":\"file:///secret/{x}\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}")));
  }

  private static String mirrored(String uri) {
    String text = unescaped(uri);
    return text.chars().allMatch(c -> c > ' ' && c < 127)
        ? text
        : "=?base64?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  private void batches() {
    String guard = "every part of a batch is judged";
    String drop = RawRequest.legacyBody("1", "tools/call", "{\"name\":\"drop\"}");
    String ping = RawRequest.legacyBody("2", "ping", "{}");
    add(
        guard,
        "alone, in a revision without batches",
        ann(RawRequest.legacy("old", "$session", "[" + drop + "]")));
    add(
        guard,
        "behind a ping",
        ann(RawRequest.legacy("old", "$session", "[" + ping + "," + drop + "]")));
    add(
        guard,
        "in a list in a list",
        ann(RawRequest.legacy("old", "$session", "[[" + drop + "]]")));
    add(
        guard,
        "of the newest era",
        call("drop", "{}").body("[" + params("\"name\":\"drop\"") + "]"));
    add(guard, "none at all", ann(RawRequest.legacy("old", "$session", "[]")));
  }
}
