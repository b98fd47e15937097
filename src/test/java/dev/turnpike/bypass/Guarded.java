package dev.turnpike.bypass;

import dev.turnpike.assembly.Settings;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.Tokens;
import dev.turnpike.identify.Workloads;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A road whose rules let a caller do a little: call {@code echo}, and {@code pay} up to 100, read
 * what is below {@code file:///public/}, get the prompt {@code greet}.
 */
final class Guarded implements AutoCloseable {
  static final String BY = "spiffe://cluster.local/ns/gateway/sa/waypoint";
  static final String PLANNER = "spiffe://cluster.local/ns/agents/sa/planner";

  private static final String HERE = "http://localhost:8080";
  private static final Set<String> ACTS =
      Set.of(
          "tools/call",
          "resources/read",
          "prompts/get",
          "completion/complete",
          "resources/subscribe");

  final FakeUpstream up = FakeUpstream.modern();
  final FakeUpstream old = FakeUpstream.legacy("2025-11-25");
  final Road road;

  /**
   * @param meshed whether callers are programs that a proxy names, instead of subjects of tokens
   */
  Guarded(boolean meshed) {
    up.on(
        "tools/list",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"ttlMs\":60000,"
                + "\"cacheScope\":\"public\",\"tools\":["
                + IntStream.range(0, 1_200)
                    .mapToObj(i ->
                        "{\"name\":\"echo"
                            + (i == 0 ? "" : i)
                            + "\",\"inputSchema\":{\"type\":\"object\"}}")
                    .collect(Collectors.joining(","))
                + "]}}"));
    road =
        Road.serving(
            file(meshed),
            Settings.DEFAULT.knowing(
                meshed
                    ? new Identity(
                        new Workloads.Forwarded(Set.of("cluster.local"), BY), Optional.empty())
                    : new Identity(
                        new Workloads.Nowhere(),
                        Optional.of(
                            new Issuer(
                                Guarded::verified,
                                List.of("https://issuer"),
                                HERE,
                                List.of(),
                                false,
                                Issuer.ClaimPaths.DEFAULT)))));
  }

  private String file(boolean meshed) {
    return """
    upstreams:
      one: { mcp: { url: "%s", revision: modern } }
      old: { mcp: { url: "%s", revision: legacy } }
    endpoints:
      pay: { mcp: { upstreams: [one] } }
      old: { mcp: { upstreams: [old] } }
      both: { mcp: { upstreams: [one, old] } }
      shut: { mcp: { upstreams: [one] } }
    rules:
      - name: known
        allow:
          endpoints: [pay, old, both]
          tools: [echo, "one_echo*", old_echo]
          resources: ["file:///public/**"]
          prompts: [greet]
        when: %s
      - name: small
        allow: { endpoints: [pay, old], tools: [pay] }
        when: %s && args.amount <= 100
      - { name: never, deny: { tools: ["*drop*"] } }
    """
        .formatted(up.url(), old.url(), who(meshed), who(meshed));
  }

  private static String who(boolean meshed) {
    return meshed
        ? "caller.workload.serviceAccount == 'planner'"
        : "caller.subject in ['ann', 'ben']";
  }

  private static CompletableFuture<Tokens.Vouched> verified(String token) {
    Instant later = Instant.now().plusSeconds(3_600);
    return switch (token) {
      case "ann", "ben", "eve" -> vouched(Map.of("sub", token, "aud", HERE), later);
      case "elsewhere" -> vouched(Map.of("sub", "ann", "aud", "https://elsewhere"), later);
      case "no-audience" -> vouched(Map.of("sub", "ann"), later);
      case "longer-audience" -> vouched(Map.of("sub", "ann", "aud", HERE + ".evil"), later);
      case "other-endpoint" -> vouched(Map.of("sub", "ann", "aud", HERE + "/mcp/old"), later);
      case "id" -> vouched(Map.of("sub", "ann", "aud", HERE, "typ", "ID"), later);
      case "refresh" -> vouched(Map.of("sub", "ann", "aud", HERE, "typ", "Refresh"), later);
      case "nobody" -> vouched(Map.of("aud", HERE), later);
      case "expired" -> vouched(Map.of("sub", "ann", "aud", HERE), Instant.now().minusSeconds(1));
      case "bound" ->
          vouched(Map.of("sub", "ann", "aud", HERE, "cnf", Map.of("jkt", "key")), later);
      default -> CompletableFuture.failedFuture(new Tokens.NotVouched("no"));
    };
  }

  private static CompletableFuture<Tokens.Vouched> vouched(
      Map<String, Object> claims, Instant until) {
    return CompletableFuture.completedFuture(new Tokens.Vouched(claims, until));
  }

  RawAnswer ask(RawRequest request) {
    return RawCaller.ask(road, request);
  }

  /** Whether the attempt was turned away, and nobody behind heard of it. */
  String outcome(Attempt attempt) {
    up.forget();
    old.forget();
    String answer;
    try (RawCaller caller = RawCaller.to(road)) {
      RawAnswer said = caller.send(attempt.bytes()).answer();
      answer = refused(said) ? "refused" : "answered: " + said.status() + " " + said.text();
    } catch (UncheckedIOException | AssertionError cutOff) {
      answer = "refused";
    }
    long acts = ACTS.stream().mapToLong(act -> up.seen(act).size() + old.seen(act).size()).sum();
    return acts == 0 ? answer : "reached the upstream, " + answer;
  }

  private static boolean refused(RawAnswer said) {
    if (said.status() >= 400) {
      return true;
    }
    String text = said.text();
    return text.startsWith("{")
        && (said.json().has("error") || said.json().at("/result/isError").asBoolean());
  }

  @Override
  public void close() {
    road.close();
    up.close();
    old.close();
  }
}
