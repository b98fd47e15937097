package dev.turnpike.protocol.a2a;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.Wire;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.identify.PublicCards;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.a2a.agent.Agents;
import dev.turnpike.protocol.a2a.ownership.Owner;
import dev.turnpike.protocol.a2a.ownership.Owners;
import dev.turnpike.protocol.a2a.v03.Old;
import dev.turnpike.rpc.ScanLimits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A2A, to agents behind {@code /a2a/<endpoint>}: JSON-RPC on the path itself, with or without a
 * slash at its end, and the card below it.
 */
public final class A2a implements Protocol {
  private static final Set<String> TYPES = Set.of("application/json", "application/a2a+json");
  private static final Set<String> RPC = Set.of("", "/");
  private static final Set<String> CARDS = Set.of(PublicCards.SUFFIX, PublicCards.OLD_SUFFIX);

  private static final Map<String, Dialect> DIALECTS =
      Stream.of(new Current(), new Old())
          .collect(Collectors.toUnmodifiableMap(Dialect::version, dialect -> dialect));

  private final Versions versions;
  private final Agents agents;
  private final Owners owners;
  private final String publicUrl;
  private final ScanLimits limits;

  /**
   * @param versions which are served to whom
   * @param owners of their tasks
   * @param publicUrl base of what cards say, without a slash at its end
   * @param limits of a caller's body
   */
  public A2a(Versions versions, Agents agents, Owners owners, String publicUrl, ScanLimits limits) {
    this.versions = versions;
    this.agents = agents;
    this.owners = owners;
    this.publicUrl = publicUrl;
    this.limits = limits;
  }

  @Override
  public String id() {
    return Wire.A2A.word();
  }

  @Override
  public boolean claims(Inbound inbound, Endpoints endpoints) {
    return at(inbound, endpoints)
        .map(endpoint -> below(inbound, endpoint))
        .filter(below -> RPC.contains(below) || CARDS.contains(below))
        .isPresent();
  }

  private static Optional<Endpoint> at(Inbound inbound, Endpoints endpoints) {
    return endpoints.over(inbound.path()).filter(endpoint -> endpoint.wire() == Wire.A2A);
  }

  private static String below(Inbound inbound, Endpoint endpoint) {
    return inbound.path().substring(endpoint.path().length());
  }

  @Override
  public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
    Endpoint endpoint =
        at(inbound, endpoints).orElseThrow(() -> new Refused(new Refusal.NoSuchEndpoint()));
    if (CARDS.contains(below(inbound, endpoint))) {
      allow(inbound, "GET");
      return new CardCall(
          inbound, cardVersions(inbound, caller, endpoint), endpoint, agents, publicUrl);
    }
    allow(inbound, "POST");
    typed(inbound);
    Envelope envelope = Envelope.read(inbound.body(), limits);
    Dialect dialect = dialect(inbound, envelope, caller, endpoint);
    Operation operation =
        dialect
            .operation(envelope.method())
            .orElseThrow(() -> new Refused(new Refusal.NoSuchMethod(envelope.method())));
    return new AgentCall(
        dialect,
        envelope,
        Request.read(dialect, operation, envelope),
        endpoint,
        agents,
        new Ownership(owners, Owner.of(caller), endpoint.upstream()));
  }

  private static void allow(Inbound inbound, String method) throws Refused {
    if (!inbound.method().equals(method)) {
      throw new Refused(new Refusal.MethodNotAllowed(List.of(method)));
    }
  }

  private static void typed(Inbound inbound) throws Refused {
    String type = inbound.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    if (!TYPES.contains((parameters < 0 ? type : type.substring(0, parameters)).strip())) {
      throw new Refused(
          new Refusal.ProtocolRule(
              415, A2aErrors.INVALID_REQUEST, "Content-Type must be application/json"));
    }
  }

  // who asks for one version is shown a card of that alone; readers of the other name none
  private List<String> cardVersions(Inbound inbound, Caller caller, Endpoint endpoint)
      throws Refused {
    String asked = Version.of(inbound);
    return served(caller, endpoint)
        .filter(version -> !asked.equals(Version.CURRENT) || version.equals(asked))
        .toList();
  }

  // the method belongs to one version, and the version that was named must be the same
  private Dialect dialect(Inbound inbound, Envelope envelope, Caller caller, Endpoint endpoint)
      throws Refused {
    String version = Version.of(inbound);
    if (version.equals(Version.UNNAMED) && Operation.named(envelope.method()).isPresent()) {
      throw new Refused(new Refusal.NoSuchMethod(envelope.method()));
    }
    Dialect dialect = DIALECTS.get(version);
    if (dialect == null || !versions.serves(version, caller, endpoint.name())) {
      throw new Refused(
          new Refusal.ProtocolRule(
              200,
              A2aErrors.VERSION_NOT_SUPPORTED,
              "This version of A2A is not spoken here",
              Map.of("supported", String.join(", ", served(caller, endpoint).toList()))));
    }
    return dialect;
  }

  private Stream<String> served(Caller caller, Endpoint endpoint) {
    return Versions.EACH.stream()
        .filter(version -> versions.serves(version, caller, endpoint.name()));
  }

  @Override
  public void refuse(Refusal reason, Inbound inbound, Reply reply) {
    // read once more, for the id alone: a refusal is rare, and this keeps ids out of every refusal
    Refusals.answer(reason, Envelope.idOf(inbound.body(), limits), reply);
  }
}
