package dev.turnpike.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Workload;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy says of who is calling. */
class XfccTest {
  private static final String BY = "spiffe://cluster.local/ns/gw/sa/waypoint";
  private static final String URI = "spiffe://cluster.local/ns/agents/sa/planner";
  private static final Workload PLANNER = new Workload(URI, "cluster.local", "agents", "planner");

  private final List<String> rejected = new ArrayList<>();
  private final Workloads workloads =
      new Workloads.Forwarded(Set.of("cluster.local"), BY, rejected::add);

  private Optional<Workload> of(String... fields) throws Refused {
    Headers headers = name -> name.equals(Xfcc.HEADER) ? List.of(fields) : List.of();
    return workloads.of(new Inbound("POST", "/mcp/one", headers, Payload.EMPTY));
  }

  @Test
  void whatIsNotBelievedIsCountedByWhatIsWrongWithIt() throws Refused {
    of();
    of("By=" + BY + ";URI=" + URI);
    assertThat(rejected).isEmpty();
    of("rubbish");
    of("By=other;URI=" + URI);
    of("By=" + BY);
    of("By=" + BY + ";URI=planner");
    of("By=" + BY + ";URI=spiffe://elsewhere/ns/agents/sa/planner");
    assertThat(rejected).containsExactly("shape", "by", "uri", "name", "domain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "By=" + BY + ";URI=" + URI,
        "URI=" + URI + ";By=" + BY,
        "by=" + BY + ";uri=" + URI,
        "By=" + BY + ";Hash=abc;Subject=\"CN=a, O=\\\"b;c\\\"\";URI=" + URI + ";DNS=a.example",
        "By=" + BY + ";Subject=\"\";URI=" + URI
      })
  void isBelievedInOneElement(String field) throws Refused {
    assertThat(of(field)).contains(PLANNER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "By=" + BY,
        "URI=" + URI,
        "URI=" + URI + ";By=spiffe://cluster.local/ns/gw/sa/other",
        // a caller's own element, with or without that of the proxy
        "By=" + BY + ";URI=" + URI + ",By=" + BY + ";URI=" + URI,
        "By=" + BY + ";URI=spiffe://cluster.local/ns/a/sa/b,By=" + BY + ";URI=" + URI,
        "By=" + BY + ";URI=" + URI + ",",
        "By=" + BY + ";URI=" + URI + ";",
        "," + "By=" + BY + ";URI=" + URI,
        // more than one of what is believed
        "By=" + BY + ";URI=" + URI + ";URI=spiffe://cluster.local/ns/a/sa/b",
        "By=" + BY + ";By=" + BY + ";URI=" + URI,
        "By=" + BY + ";URI=" + URI + ";uri=" + URI,
        // quotes
        "By=" + BY + ";URI=\"" + URI + "\"",
        "By=\"" + BY + "\";URI=" + URI,
        "By=" + BY + ";URI=" + URI + "\"",
        "By=" + BY + ";Subject=\"a;URI=" + URI,
        "By=" + BY + ";Subject=\"a\\\";URI=" + URI,
        "By=" + BY + ";Subject=\"a\"b;URI=" + URI,
        "By=" + BY + ";Subject=a\"b\";URI=" + URI,
        // other shapes
        "By=" + BY + "; URI=" + URI,
        "By =" + BY + ";URI=" + URI,
        "By=" + BY + ";URI= " + URI,
        "By=" + BY + ";URI=" + URI + " ",
        "By=" + BY + ";Who=me;URI=" + URI,
        "By=" + BY + ";URI=" + URI + "=",
        "By=" + BY + ";URI=-",
        "By=" + BY + ";URI=spiffe://cluster.local/ns/agents/sa/planner/more",
        "By=" + BY + ";URI=spiffe://cluster.local/ns/agents/sa/",
        "By=" + BY + ";URI=spiffe://cluster.local/ns//sa/planner",
        "By=" + BY + ";URI=spiffe://cluster.local/sa/planner/ns/agents",
        "By=" + BY + ";URI=SPIFFE://cluster.local/ns/agents/sa/planner",
        "By=" + BY + ";URI=spiffe://Cluster.local/ns/agents/sa/planner",
        "By=" + BY + ";URI=spiffe://cluster.local/ns/Agents/sa/planner",
        "By=" + BY + ";URI=spiffe://cluster.local/ns/agents/sa/planner?a",
        "By=" + BY + ";URI=spiffe://cluster.local/ns/agents/sa/planner%2f",
        "By=" + BY + ";URI=spiffe://cluster.local/ns/agents/sa/plаnner",
        "By=" + BY + ";URI=spiffe://evil.local/ns/agents/sa/planner",
        "By=" + BY + ";URI=spiffe://user@cluster.local/ns/agents/sa/planner",
        "By=" + BY + ";URI=spiffe://cluster.local:443/ns/agents/sa/planner",
        "By=" + BY + ";URI=spiffe://cluster.local/ns/../sa/planner",
        "By=" + BY + ";URI=https://cluster.local/ns/agents/sa/planner"
      })
  void isAnybodyInAnyOtherShape(String field) throws Refused {
    assertThat(of(field)).isEmpty();
  }

  @Test
  void isRefusedWhereNoProxyWouldWriteIt() {
    String good = "By=" + BY + ";URI=" + URI;
    assertThatThrownBy(() -> of(good, good)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> of(good + ";Cert=" + "a".repeat(9_000))).isInstanceOf(Refused.class);
  }

  @Test
  void isNotLookedAtWhereNobodySaidSo() throws Refused {
    Headers headers = _ -> List.of("By=" + BY + ";URI=" + URI);
    assertThat(new Workloads.Nowhere().of(new Inbound("POST", "/", headers, Payload.EMPTY)))
        .isEmpty();
  }
}
