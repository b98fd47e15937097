package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What is refused of the content: each with its place, its key and what would help. */
class RefusalTest {
  static final List<Arguments> UPSTREAMS =
      List.of(
          one("{}", "1:18: upstreams.up: mcp is missing, expected a mapping with url or command"),
          one("5", "1:18: upstreams.up: found the number 5, expected a mapping with the keys mcp"),
          one("{ mcp: }", "1:24: upstreams.up.mcp: found nothing, expected a mapping with"),
          one(
              "{ mpc: {} }",
              "1:20: upstreams.up.mpc: unknown key, expected one of mcp, a2a; did you mean \"mcp\"?"),
          one(
              "{ url: \"http://h/\", mcp: { url: \"http://h/\" } }",
              "1:20: upstreams.up.url: unknown key, expected one of mcp, a2a; its place is upstreams.<name>.mcp"),
          one(
              "{ mcp: { url: \"http://h/\" }, a2a: { card: \"http://h/\" } }",
              "1:47: upstreams.up.a2a: found mcp too, expected one of the two"),
          one(
              "{ a2a: {} }",
              "1:25: upstreams.up.a2a: card is missing, expected the URL of the agent's"),
          one(
              "{ a2a: { card: x } }",
              "1:33: upstreams.up.a2a.card: found the text \"x\", expected an absolute http or https URL"),
          one(
              "{ a2a: { card: 'http://h/', origins: [] } }",
              "1:55: upstreams.up.a2a.origins: found an empty list, expected a list of origins"),
          one(
              "{ a2a: { card: 'http://h/', origins: ['http://h/a'] } }",
              "1:56: upstreams.up.a2a.origins[0]: found a path, expected an origin"),
          one(
              "{ a2a: { card: 'http://h/', timeout: soon } }",
              "1:55: upstreams.up.a2a.timeout: found the text \"soon\", expected"),
          one(
              "{ a2a: { card: 'http://h/', concurrency: 0 } }",
              "1:59: upstreams.up.a2a.concurrency: found the number 0, expected a whole number"),
          one(
              "{ a2a: { card: 'http://h/', revision: auto } }",
              "1:46: upstreams.up.a2a.revision: unknown key, expected one of card, origins, http2,"),
          mcp(
              "timeout: 1s",
              "1:25: upstreams.up.mcp: url is missing, expected url (of a server that runs) or command"),
          mcp(
              "url: 'http://h/', command: [npx]",
              "1:45: upstreams.up.mcp.command: found url too, expected one of the two"),
          mcp(
              "url: 'http://h/', sharing: shared",
              "1:45: upstreams.up.mcp.sharing: goes with command only"),
          mcp(
              "command: npx",
              "1:36: upstreams.up.mcp.command: found the text \"npx\", expected a list of the program"),
          mcp(
              "command: []",
              "1:36: upstreams.up.mcp.command: found an empty list, expected a list of the program"),
          mcp(
              "command: [npx, 1]",
              "1:42: upstreams.up.mcp.command[1]: found the number 1, expected the program or an argument"),
          mcp("command: [npx], http2: true", "1:43: upstreams.up.mcp.http2: goes with url only"),
          mcp(
              "command: [npx], env: { 1A: b }",
              "1:54: upstreams.up.mcp.env.1A: found \"1A\", expected the name of an environment variable"),
          mcp(
              "command: [npx], env: { A: { file: b, path: b } }",
              "1:64: upstreams.up.mcp.env.A.path: unknown key, expected one of file"),
          mcp(
              "command: [npx, \"a\\0b\"]",
              "1:42: upstreams.up.mcp.command[1]: has a NUL character"),
          mcp(
              "command: [npx], env: { A: \"\\0\" }",
              "1:53: upstreams.up.mcp.env.A: has a NUL character"),
          mcp(
              "command: [npx], env: [A]",
              "1:48: upstreams.up.mcp.env: found a list, expected a mapping of environment variables"),
          mcp(
              "command: [npx], inherit-env: [A-B]",
              "1:57: upstreams.up.mcp.inherit-env[0]: found \"A-B\", expected the name"),
          mcp(
              "command: [npx], sharing: per_caller",
              "1:52: upstreams.up.mcp.sharing: found the text \"per_caller\", expected one of per-caller, shared; did you mean \"per-caller\"?"),
          mcp(
              "command: [npx], processes: 0",
              "1:54: upstreams.up.mcp.processes: found the number 0, expected a whole number from 1 to 10000"),
          mcp(
              "url: 'http://h/', transport: sse",
              "1:56: upstreams.up.mcp.transport: found the text \"sse\", expected one of streamable-http, http-sse"),
          mcp(
              "url: 'http://h/', transport: http-sse, http2: true",
              "1:66: upstreams.up.mcp.http2: goes with transport: streamable-http only"),
          mcp(
              "url: 'http://h/', transport: http-sse, revision: modern",
              "1:66: upstreams.up.mcp.revision: does not go with transport: http-sse, leave it out"),
          mcp(
              "url: h",
              "1:32: upstreams.up.mcp.url: found the text \"h\", expected an absolute http or https URL"),
          mcp("url: /mcp", "1:32: upstreams.up.mcp.url: found the text \"/mcp\", expected"),
          mcp("url: ftp://h/", "1:32: upstreams.up.mcp.url: found the text \"ftp://h/\", expected"),
          mcp(
              "url: http:///mcp",
              "1:32: upstreams.up.mcp.url: found the text \"http:///mcp\", expected"),
          mcp(
              "url: http://h:0/",
              "1:32: upstreams.up.mcp.url: found the text \"http://h:0/\", expected"),
          mcp("url: http://h:65536/", "1:32: upstreams.up.mcp.url: found"),
          mcp("url: 'http://h/ x'", "1:32: upstreams.up.mcp.url: found"),
          mcp("url: 'http://h/#x'", "1:32: upstreams.up.mcp.url: found"),
          mcp(
              "url: http://ann:pw@h/",
              "1:32: upstreams.up.mcp.url: found a user or password in the URL (not shown), expected"),
          mcp(
              "url: { file: secret }",
              "1:32: upstreams.up.mcp.url: found a mapping, expected an absolute http"),
          mcp("url: 5", "1:32: upstreams.up.mcp.url: found the number 5, expected"),
          mcp(
              "url: 'http://h/', revision: 2024-11-05",
              "1:55: upstreams.up.mcp.revision: found the text \"2024-11-05\", expected one of auto, legacy, modern, 2025-03-26, 2025-06-18, 2025-11-25, 2026-07-28"),
          mcp(
              "url: 'http://h/', revision: modren",
              "1:55: upstreams.up.mcp.revision: found the text \"modren\", expected one of auto, legacy, modern, 2025-03-26, 2025-06-18, 2025-11-25, 2026-07-28; did you mean \"modern\"?"),
          mcp(
              "url: 'http://h/', timeout: 60",
              "1:54: upstreams.up.mcp.timeout: found the number 60, expected a duration such as 250ms"),
          mcp(
              "url: 'http://h/', timeout: 0s",
              "1:54: upstreams.up.mcp.timeout: found the text \"0s\", expected a duration such as"),
          mcp(
              "url: 'http://h/', idle-timeout: 367d",
              "1:59: upstreams.up.mcp.idle-timeout: found the text \"367d\", expected"),
          mcp(
              "url: 'http://h/', idle_timeout: 1s",
              "1:45: upstreams.up.mcp.idle_timeout: unknown key, expected one of url, transport, http2, command, env, inherit-env, directory, sharing, processes, revision, timeout, idle-timeout, concurrency, idempotent; did you mean \"idle-timeout\"?"),
          mcp(
              "url: 'http://h/', concurrency: 0",
              "1:58: upstreams.up.mcp.concurrency: found the number 0, expected a whole number from 1 to 1000000"),
          mcp(
              "url: 'http://h/', concurrency: 1.5",
              "1:58: upstreams.up.mcp.concurrency: found the number 1.5, expected a whole number"),
          mcp(
              "url: 'http://h/', concurrency: '7'",
              "1:58: upstreams.up.mcp.concurrency: found the text \"7\", expected a whole number from 1 to 1000000, without quotes"),
          mcp(
              "url: 'http://h/', http2: yes",
              "1:52: upstreams.up.mcp.http2: found the text \"yes\", expected true or false"),
          mcp(
              "url: 'http://h/', http2: 'true'",
              "1:52: upstreams.up.mcp.http2: found the text \"true\", expected true or false, without quotes"),
          mcp(
              "url: 'http://h/', idempotent: get_*",
              "1:57: upstreams.up.mcp.idempotent: found the text \"get_*\", expected a list of patterns over names of tools"),
          mcp(
              "url: 'http://h/', idempotent: []",
              "1:57: upstreams.up.mcp.idempotent: found an empty list, expected a list of patterns over names of tools"),
          mcp(
              "url: 'http://h/', idempotent: [7]",
              "1:58: upstreams.up.mcp.idempotent[0]: found the number 7, expected a pattern of at most 1024 characters (to write it as a text, quote it)"));

  @ParameterizedTest
  @FieldSource("UPSTREAMS")
  void refusesInAnUpstream(String value, String problem) {
    assertOne(inUpstream(value), problem);
  }

  static final List<Arguments> ENDPOINTS =
      List.of(
          one("{}", "2:19: endpoints.end: mcp is missing, expected a mapping with upstreams"),
          one(
              "[]",
              "2:19: endpoints.end: found an empty list, expected a mapping with the keys mcp, a2a, anonymous"),
          one(
              "{ a2a: { upstream: up } }",
              "2:38: endpoints.end.a2a.upstream: found \"up\", which is an upstream with mcp, expected one with a2a"),
          one("{ a2a: {} }", "2:26: endpoints.end.a2a: upstream is missing, expected the name of"),
          one(
              "{ a2a: { upstreams: [up] } }",
              "2:28: endpoints.end.a2a.upstreams: unknown key, expected one of upstream; did you mean \"upstream\"?"),
          one(
              "{ a2a: { upstream: gone } }",
              "2:38: endpoints.end.a2a.upstream: found \"gone\", expected the name of an entry of upstreams"),
          one(
              "{ mcp: {} }",
              "2:26: endpoints.end.mcp: upstreams is missing, expected a list with names of upstreams"),
          one(
              "{ mcp: { upstream: [up] } }",
              "2:28: endpoints.end.mcp.upstream: unknown key, expected one of upstreams, tools; did you mean \"upstreams\"?"),
          one(
              "{ mcp: { upstreams: up } }",
              "2:39: endpoints.end.mcp.upstreams: found the text \"up\", expected a list with"),
          one(
              "{ mcp: { upstreams: [] } }",
              "2:39: endpoints.end.mcp.upstreams: found an empty list, expected a list with"),
          one(
              "{ mcp: { upstreams: [up, up] } }",
              "2:44: endpoints.end.mcp.upstreams[1]: found \"up\" a second time, expected each upstream once"),
          one(
              "{ mcp: { upstreams: [up], tools: { choose: [] } } }",
              "2:62: endpoints.end.mcp.tools.choose: found an empty list, expected a list"),
          one(
              "{ mcp: { upstreams: [up], tools: { pick: [a] } } }",
              "2:54: endpoints.end.mcp.tools.pick: unknown key, expected one of choose, edit"),
          one(
              "{ mcp: { upstreams: [up], tools: { edit: [{ name: b }] } } }",
              "2:61: endpoints.end.mcp.tools.edit[0]: tool is missing"),
          one(
              "{ mcp: { upstreams: [up], tools: { edit: [{ tool: a, name: b c }] } } }",
              "2:78: endpoints.end.mcp.tools.edit[0].name: found the text \"b c\", expected 1 to 64 of"),
          one(
              "{ mcp: { upstreams: [up], tools: { edit: [{ tool: a, timeout: soon }] } } }",
              "2:81: endpoints.end.mcp.tools.edit[0].timeout: found"),
          one(
              "{ mcp: { upstreams: [up], tools: { edit: [{ tool: a }, { tool: a }] } } }",
              "2:82: endpoints.end.mcp.tools.edit[1].tool: found \"a\" a second time"),
          one(
              "{ mcp: { upstreams: [upp] } }",
              "2:40: endpoints.end.mcp.upstreams[0]: found \"upp\", expected the name of an entry of upstreams; did you mean \"up\"?"),
          one(
              "{ mcp: { upstreams: [up] }, anonymous: maybe }",
              "2:58: endpoints.end.anonymous: found the text \"maybe\", expected true or false"),
          one(
              "{ mcp: { upstreams: [up] }, anonymus: true }",
              "2:47: endpoints.end.anonymus: unknown key, expected one of mcp, a2a, anonymous; did you mean \"anonymous\"?"));

  @Test
  void anMcpEndpointCannotNameAnAgent() {
    assertThat(
            Yaml.problems(
                """
                upstreams: { up: { a2a: { card: "http://h/" } } }
                endpoints: { end: { mcp: { upstreams: [up] } } }
                """))
        .singleElement()
        .asString()
        .contains(
            "2:40: endpoints.end.mcp.upstreams[0]: found \"up\", which is an upstream with a2a,"
                + " expected one with mcp");
  }

  @ParameterizedTest
  @FieldSource("ENDPOINTS")
  void refusesInAnEndpoint(String value, String problem) {
    assertOne(inEndpoint(value), problem);
  }

  static final List<Arguments> RULES =
      List.of(
          one(
              "5",
              "5:5: rules[0]: found the number 5, expected a mapping with the keys name, allow, deny, scopes, when, mode, audit"),
          one("{ allow: {} }", "5:5: rules[0]: name is missing, expected 1 to 64 of"),
          one(
              "{ name: 'a b', allow: {} }",
              "5:13: rules[0].name: found the text \"a b\", expected 1 to 64 of A-Z, a-z, 0-9, dot, _ and -"),
          one(
              "{ name: 7, allow: {} }",
              "5:13: rules[0].name: found the number 7, expected 1 to 64 of A-Z, a-z, 0-9, dot, _ and - (to write it as a text, quote it)"),
          one("{ name: r }", "5:5: rules[0]: allow or deny is missing, expected one of them"),
          one(
              "{ name: r, alow: {} }",
              "5:16: rules[0].alow: unknown key, expected one of name, allow, deny, scopes, when, mode, audit; did you mean \"allow\"?"),
          one(
              "{ name: r, allow: {}, deny: {} }",
              "5:27: rules[0].deny: found both allow and deny, expected one of them"),
          one(
              "{ name: r, allow: }",
              "5:22: rules[0].allow: found nothing, expected a mapping with the keys endpoints, tools, prompts, resources, operations"),
          one(
              "{ name: r, allow: {}, when: '' }",
              "5:33: rules[0].when: found the text \"\", expected a condition in CEL"),
          one(
              "{ name: r, allow: {}, when: true }",
              "5:33: rules[0].when: found the truth value true, expected a condition in CEL, as a text (to write it as a text, quote it)"),
          one(
              "{ name: r, allow: {}, mode: observed }",
              "5:33: rules[0].mode: found the text \"observed\", expected one of enforce, observe; did you mean \"observe\"?"),
          one("{ name: r, deny: {}, audit: true }", "5:26: rules[0].audit: goes with allow only"),
          one("{ name: r, deny: {}, scopes: [a] }", "5:26: rules[0].scopes: goes with allow only"),
          one(
              "{ name: r, allow: {}, scopes: ['a b'] }",
              "5:36: rules[0].scopes[0]: found \"a b\", expected a scope"),
          one(
              "{ name: r, allow: {}, scopes: [] }",
              "5:35: rules[0].scopes: found an empty list, expected a list of scopes, such as [refund:write], or no such key at all"),
          one(
              "{ name: r, allow: { skills: [a] } }",
              "5:25: rules[0].allow.skills: rules over skills come with a later release"),
          one(
              "{ name: r, deny: { operations: GetTask } }",
              "5:36: rules[0].deny.operations: found the text \"GetTask\", expected a list of patterns over names of operations"),
          one(
              "{ name: r, allow: { tool: [a] } }",
              "5:25: rules[0].allow.tool: unknown key, expected one of endpoints, tools, prompts, resources, operations; did you mean \"tools\"?"),
          one(
              "{ name: r, allow: { tools: '*' } }",
              "5:32: rules[0].allow.tools: found the text \"*\", expected a list of patterns over names of tools"),
          one(
              "{ name: r, allow: { tools: [] } }",
              "5:32: rules[0].allow.tools: found an empty list, expected a list of patterns over names of tools, or no such key at all"),
          one(
              "{ name: r, allow: { endpoints: [] } }",
              "5:36: rules[0].allow.endpoints: found an empty list, expected"),
          one(
              "{ name: r, allow: { resources: [''] } }",
              "5:37: rules[0].allow.resources[0]: found the text \"\", expected a pattern"),
          one(
              "{ name: r, allow: { tools: [" + "x".repeat(1025) + "] } }",
              "5:33: rules[0].allow.tools[0]: found the text \""
                  + "x".repeat(60)
                  + "…\", expected"),
          one(
              "{ name: r, allow: { prompts: [[a]] } }",
              "5:35: rules[0].allow.prompts[0]: found a list, expected a pattern"),
          one(
              "{ name: r, allow: { endpoints: [ende] } }",
              "5:37: rules[0].allow.endpoints[0]: found \"ende\", expected the name of an entry of endpoints, or a pattern with *; did you mean \"end\"?"));

  @ParameterizedTest
  @FieldSource("RULES")
  void refusesInARule(String value, String problem) {
    assertOne(inRule(value), problem);
  }

  static final List<Arguments> BUDGETS =
      List.of(
          one("{ limit: 1, unit: calls, window: 1s }", "5:5: budgets[0]: name is missing"),
          one(
              "{ name: b, unit: calls, window: 1s }",
              "5:5: budgets[0]: limit is missing, expected a whole number"),
          one(
              "{ name: b, limit: 0, unit: calls, window: 1s }",
              "5:23: budgets[0].limit: found the number 0, expected a whole number from 1 to"),
          one(
              "{ name: b, limit: 1e3, unit: calls, window: 1s }",
              "5:23: budgets[0].limit: found the number 1e3, expected a whole number"),
          one(
              "{ name: b, limit: 1000000000000000, unit: calls, window: 1s }",
              "5:23: budgets[0].limit: found"),
          one(
              "{ name: b, limit: 1, unit: calls, cost: input, window: 1s }",
              "5:45: budgets[0].cost: counts tokens, and with unit: calls each call is one; leave it out"),
          one(
              "{ name: b, limit: 1, cost: [input], window: 1s }",
              "5:32: budgets[0].cost: found a list, expected arithmetic over input, output and cached, as a text"),
          one(
              "{ name: b, limit: 1, unit: money, window: 1s }",
              "5:5: budgets[0]: cost is missing, and prices at the top of the file are, expected one of them"),
          one(
              "{ name: b, unit: money, cost: 1, window: 1s }",
              "5:5: budgets[0]: limit is missing, expected a number such as 2.50"),
          one(
              "{ name: b, limit: 0.00, unit: money, cost: 1, window: 1s }",
              "5:23: budgets[0].limit: found the number 0.00, expected a number from 0.000001 to 999999999 with at most 6 decimals"),
          one(
              "{ name: b, limit: 2.5000001, unit: money, cost: 1, window: 1s }",
              "5:23: budgets[0].limit: found the number 2.5000001, expected a number from"),
          one(
              "{ name: b, limit: 1000000000, unit: money, cost: 1, window: 1s }",
              "5:23: budgets[0].limit: found the number 1000000000, expected a number from"),
          one(
              "{ name: b, limit: '2.50', unit: money, cost: 1, window: 1s }",
              "5:23: budgets[0].limit: found the text \"2.50\", expected a number from"),
          one(
              "{ name: b, limit: 2.50, unit: tokens, window: 1s }",
              "5:23: budgets[0].limit: found the number 2.50, expected a whole number"),
          one(
              "{ name: b, limit: 2.50, unit: money, cost: 1 }",
              "5:5: budgets[0]: window is missing, expected a duration such as"),
          one(
              "{ name: b, limit: 1, unit: call, window: 1s }",
              "5:32: budgets[0].unit: found the text \"call\", expected one of tokens, calls, money, concurrent; did you mean \"calls\"?"),
          one(
              "{ name: b, limit: 1, unit: concurrent, window: 1m }",
              "5:44: budgets[0].window: unit: concurrent counts calls that are under way, each until it ends; leave it out"),
          one(
              "{ name: b, limit: 1, unit: concurrent, window: week }",
              "5:44: budgets[0].window: unit: concurrent counts calls"),
          one(
              "{ name: b, limit: 1, unit: concurrent, cost: input }",
              "5:50: budgets[0].cost: counts tokens, and with unit: concurrent each call is one; leave it out"),
          one(
              "{ name: b, limit: 1, unit: calls }",
              "5:5: budgets[0]: window is missing, expected a duration such as"),
          one(
              "{ name: b, limit: 1, unit: calls, window: week }",
              "5:47: budgets[0].window: found the text \"week\", expected a duration such as 250ms, 30s, 1m, 1h, 30d or PT30S (ISO-8601), or day or month"),
          one(
              "{ name: b, limit: 1, unit: calls, window: 0s }",
              "5:47: budgets[0].window: found the text \"0s\", expected"),
          one(
              "{ name: b, limit: 1, unit: calls, window: 1s, hard: very }",
              "5:57: budgets[0].hard: found the text \"very\", expected true or false"),
          one(
              "{ name: b, limit: 1, unit: calls, window: 1s, exact: 1 }",
              "5:58: budgets[0].exact: found the number 1, expected true or false"),
          one(
              "{ name: b, limit: 1, unit: calls, window: 1s, outgrown: stop }",
              "5:61: budgets[0].outgrown: found the text \"stop\", expected one of finish, cut"),
          one(
              "{ name: b, limit: 1, unit: calls, window: 1s, over: 429 }",
              "5:57: budgets[0].over: found the number 429, expected one of http, result"),
          one(
              "{ name: b, limit: 1, unit: calls, window: 1s, per: }",
              "5:55: budgets[0].per: found nothing, expected an expression in CEL"),
          one(
              "{ name: b, limit: 1, unit: calls, window: 1s, match: { endpoints: [x] } }",
              "5:72: budgets[0].match.endpoints[0]: found \"x\", expected the name of an entry of endpoints"),
          one(
              "{ name: b, limit: 1, unit: calls, windows: 1s }",
              "5:39: budgets[0].windows: unknown key, expected one of name, per, match, limit, unit, cost, window, hard, exact, mode, over, outgrown; did you mean \"window\"?"));

  @ParameterizedTest
  @FieldSource("BUDGETS")
  void refusesInABudget(String value, String problem) {
    assertOne(inBudget(value), problem);
  }

  static final List<Arguments> PRICES =
      List.of(
          one("gpt", "5:5: prices[0]: found the text \"gpt\", expected a mapping with the keys"),
          one("{ cost: 1 }", "5:5: prices[0]: name is missing"),
          one(
              "{ name: p }",
              "5:5: prices[0]: cost is missing, expected arithmetic over input, output and cached"),
          one(
              "{ name: output, cost: 1 }",
              "5:13: prices[0].name: found the name \"output\", which means something else in arithmetic, expected another"),
          one("{ name: cached, cost: 1 }", "5:13: prices[0].name: found the name \"cached\""),
          one("{ name: in, cost: 1 }", "5:13: prices[0].name: found the name \"in\""),
          one(
              "{ name: gpt-4, cost: 1 }",
              "5:13: prices[0].name: found the text \"gpt-4\", expected 1 to 64 of A-Z, a-z, 0-9 and _ that begin with no digit: it stands in arithmetic"),
          one("{ name: 4o, cost: 1 }", "5:13: prices[0].name: found the text \"4o\", expected"),
          one(
              "{ name: p, cost: [1] }",
              "5:22: prices[0].cost: found a list, expected arithmetic over input, output and cached"),
          one("{ name: p, cost: true }", "5:22: prices[0].cost: found the truth value true"),
          one(
              "{ name: p, models: gpt-*, cost: 1 }",
              "5:24: prices[0].models: found the text \"gpt-*\", expected a list of patterns over names of models"),
          one(
              "{ name: p, models: [], cost: 1 }",
              "5:24: prices[0].models: found an empty list, expected"),
          one(
              "{ name: p, match: { tool: [a] }, cost: 1 }",
              "5:25: prices[0].match.tool: unknown key, expected one of endpoints, tools, prompts, resources, operations"),
          one(
              "{ name: p, price: 1, cost: 1 }",
              "5:16: prices[0].price: unknown key, expected one of name, match, models, cost"));

  @ParameterizedTest
  @FieldSource("PRICES")
  void refusesInAPrice(String value, String problem) {
    assertOne(inPrice(value), problem);
  }

  static final List<Arguments> TOP =
      List.of(
          one(
              "[]",
              "1:1: (file): found an empty list, expected a mapping with the keys upstreams, endpoints, rules, budgets, prices, audit"),
          one("hello", "1:1: (file): found the text \"hello\", expected a mapping with the keys"),
          one(
              Yaml.LEAST + "rules: {}\n",
              "4:8: rules: found an empty mapping, expected a list of rules; leave the key out where there are none"),
          one(
              Yaml.LEAST + "prices:\n- { name: p, cost: 1 }\n- { name: p, cost: 2 }\n",
              "6:11: prices[1].name: found the name \"p\" a second time; it is given first at my.yaml:5:11"),
          one(
              Yaml.LEAST
                  + "prices: []\nbudgets: [{ name: b, limit: 1, unit: money, window: 1s }]\n",
              "5:11: budgets[0]: cost is missing, and prices at the top of the file are"),
          one(Yaml.LEAST + "budgets:\n", "4:9: budgets: found nothing, expected a list of budgets"),
          one(
              Yaml.LEAST + "rule: []\n",
              "4:1: rule: unknown key, expected one of upstreams, endpoints, rules, budgets, prices, audit; did you mean \"rules\"?"),
          one(
              Yaml.LEAST + "anonymous: true\n",
              "4:1: anonymous: unknown key, expected one of upstreams, endpoints, rules, budgets, prices, audit; its place is endpoints.<name>"),
          one(
              "upstreams: { up: { mcp: { url: \"http://h/\" } } }\n",
              "1:1: (file): endpoints is missing, expected at least one: without it nothing is served"),
          one(
              "upstreams: { up: { mcp: { url: \"http://h/\" } } }\nendpoints: {}\n",
              "2:12: endpoints: found an empty mapping, expected a mapping with at least one name"),
          one(
              Yaml.LEAST + "  End: { mcp: { upstreams: [up] } }\n",
              "4:3: endpoints.End: found the name \"End\", expected 1 to 32 of a-z, 0-9 and -"),
          one(
              Yaml.LEAST + "  " + "e".repeat(33) + ": { mcp: { upstreams: [up] } }\n",
              "4:3: endpoints." + "e".repeat(33) + ": found the name"),
          one(
              Yaml.LEAST + "rules:\n- { name: r, allow: {} }\n- { name: r, deny: {} }\n",
              "6:11: rules[1].name: found the name \"r\" a second time; it is given first at my.yaml:5:11"));

  @ParameterizedTest
  @FieldSource("TOP")
  void refusesAtTheTop(String text, String problem) {
    assertOne(text, problem);
  }

  /** Every whole text of the tables, with its problem. */
  static Stream<Arguments> texts() {
    return Stream.of(
            whole(UPSTREAMS, RefusalTest::inUpstream),
            whole(ENDPOINTS, RefusalTest::inEndpoint),
            whole(RULES, RefusalTest::inRule),
            whole(BUDGETS, RefusalTest::inBudget),
            whole(PRICES, RefusalTest::inPrice),
            TOP.stream())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> whole(List<Arguments> rows, UnaryOperator<String> text) {
    return rows.stream().map(row -> one(text.apply("" + row.get()[0]), "" + row.get()[1]));
  }

  private static String inUpstream(String value) {
    String end = value.startsWith("{ a2a") ? "a2a: { upstream: up }" : "mcp: { upstreams: [up] }";
    return "upstreams: { up: " + value + " }\nendpoints: { end: { " + end + " } }\n";
  }

  private static String inEndpoint(String value) {
    return "upstreams: { up: { mcp: { url: \"http://h/\" } } }\nendpoints: { end: "
        + value
        + " }\n";
  }

  private static String inRule(String value) {
    return Yaml.LEAST + "rules:\n  - " + value + "\n";
  }

  private static String inBudget(String value) {
    return Yaml.LEAST + "budgets:\n  - " + value + "\n";
  }

  private static String inPrice(String value) {
    return Yaml.LEAST + "prices:\n  - " + value + "\n";
  }

  private static void assertOne(String text, String problem) {
    assertThat(Yaml.problems(text)).singleElement().asString().startsWith("my.yaml:" + problem);
  }

  private static Arguments one(String text, String problem) {
    return Arguments.of(text, problem);
  }

  private static Arguments mcp(String keys, String problem) {
    return Arguments.of("{ mcp: { " + keys + " } }", problem);
  }
}
