package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SetupTextTest {
  @Test
  void saysWhatWouldBeServedAndWhatIsOdd() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            """
            upstreams:
              a: { mcp: { url: "http://a/mcp", revision: modern, timeout: 90s } }
              b: { mcp: { url: "http://b/mcp" } }
              c: { mcp: { url: "http://c/mcp", revision: 2025-06-18 } }
              d: { mcp: { url: "http://d/mcp", revision: legacy } }
            endpoints:
              open: { mcp: { upstreams: [a] }, anonymous: true }
              closed: { mcp: { upstreams: [b] } }
              old: { mcp: { upstreams: [c] } }
            rules:
              - { name: one, allow: { endpoints: [open] } }
              - { name: two, allow: { endpoints: [closed] }, mode: observe }
              - { name: three, deny: {} }
              - { name: four, allow: { endpoints: ["ol*"] } }
              - { name: five, deny: { endpoints: ["x*"] } }
            budgets:
              - { name: b, limit: 1, unit: calls, window: day }
            """);
    assertThat(SetupText.describe(setup))
        .containsExactly(
            "serves /mcp/open, also to anonymous callers",
            "  from a at http://a/mcp, a revision without initialize (modern), timeout 90s",
            "serves /mcp/closed, to callers with an identity only",
            "  from b at http://b/mcp, revision found by asking, timeout 1m",
            "serves /mcp/old, to callers with an identity only",
            "  from c at http://c/mcp, revision 2025-06-18, timeout 1m",
            "5 rules, 1 budget",
            "note: no rule allows anything at /mcp/closed: every call is refused",
            "note: the rule five matches none of the endpoints",
            "note: no endpoint uses the upstream d");
  }

  @Test
  void saysWhereCallsMayBeFree() throws ConfigRejected {
    String budget = "budgets: [{ name: b, limit: 1, unit: money, window: day }]\n";
    String some = Yaml.LEAST + budget + "prices:\n- { name: p, models: [a], cost: 1 }\n";
    assertThat(SetupText.describe(Yaml.read(some)))
        .contains("0 rules, 1 budget, 1 price")
        .contains(
            "note: a call that no price fits costs nothing; a last price without match and models"
                + " fits every call");
    for (String other :
        new String[] {
          some + "- { name: q, cost: 1 }\n",
          some.replace("unit: money", "unit: money, cost: p"),
          some.replace("unit: money", "unit: calls")
        }) {
      assertThat(SetupText.describe(Yaml.read(other)))
          .noneMatch(line -> line.contains("price fits"));
    }
  }

  @Test
  void saysWhichUpstreamsOfAnEndpointLookAlike() throws ConfigRejected {
    Setup setup =
        Yaml.read(
            "upstreams: { pay1: { mcp: { url: 'http://h/' } }, payl: { mcp: { url: 'http://h/' } } }\n"
                + "endpoints: { end: { mcp: { upstreams: [pay1, payl] } } }\n");
    assertThat(SetupText.describe(setup))
        .contains(
            "note: upstreams of /mcp/end whose names can be taken for one another: pay1 and payl");
  }
}
