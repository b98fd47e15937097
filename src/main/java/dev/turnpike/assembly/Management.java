package dev.turnpike.assembly;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.turnpike.admin.AdminRoutes;
import dev.turnpike.admin.BearerToken;
import dev.turnpike.admin.Busy;
import dev.turnpike.admin.Connected;
import dev.turnpike.admin.ConsoleRoutes;
import dev.turnpike.admin.Guard;
import dev.turnpike.admin.InForce;
import dev.turnpike.admin.LoopbackOnly;
import dev.turnpike.admin.Roles;
import dev.turnpike.admin.Sources;
import dev.turnpike.audit.TrailQuery;
import dev.turnpike.config.SetupText;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.Tokens;
import dev.turnpike.protocol.mcp.federation.EndpointCatalog;
import dev.turnpike.session.Session;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The admin routes on the management port, and where their answers come from. */
@ApplicationScoped
class Management {
  private static final Logger LOG = Logger.getLogger("turnpike.admin");
  private static final long CATALOG_SECONDS = 20;
  private static final String READY = "turnpike.yaml (packaged)";

  private final Turnpike turnpike;
  private final Books books;
  private final OidcTokens tokens;
  private final FlagBoard flags;
  private final ProcessConfig config;
  private final Instant since = Instant.now();
  private final AtomicBoolean searching = new AtomicBoolean();

  Management(
      Turnpike turnpike, Books books, OidcTokens tokens, FlagBoard flags, ProcessConfig config) {
    this.flags = flags;
    this.turnpike = turnpike;
    this.books = books;
    this.tokens = tokens;
    this.config = config;
  }

  void routes(@Observes ManagementInterface management) {
    Switchboard desk =
        new Switchboard(
            flags,
            turnpike.uses(),
            turnpike::gateway,
            () -> turnpike.trials().map(Trials::lanes).orElse(List.of()),
            turnpike.trail()::add,
            InstantSource.system());
    Sources sources =
        new Sources(
            (by, from, to) -> books.ledger().usage(by, from, to),
            this::inForce,
            this::connected,
            this::catalog,
            query -> turnpike.gateway().flatMap(gateway -> new Explainer(gateway).explain(query)),
            this::records,
            desk,
            schema());
    Guard guard = guard();
    new ConsoleRoutes(guard, desk, turnpike.refusals(), InstantSource.system())
        .mount(management.router());
    new AdminRoutes(guard, sources, turnpike.refusals(), InstantSource.system())
        .mount(management.router());
  }

  private Guard guard() {
    Optional<Issuer> issuer = turnpike.settings().identity().issuer().filter(Issuer::issues);
    Optional<Tokens> issued = tokens.ofAdministrators().or(() -> issuer.map(Issuer::tokens));
    if (issued.isPresent()) {
      if (config.admin().tokenFile().isPresent()) {
        LOG.warn(
            "turnpike.admin.token-file is not used: tokens of the issuer administer, with the role"
                + " turnpike-admin or turnpike-viewer");
      }
      return new Roles(
          issued.get(),
          Identities.base(turnpike.settings().site().publicUrl()),
          InstantSource.system());
    }
    try {
      return config
          .admin()
          .tokenFile()
          .<Guard>map(file -> BearerToken.from(Path.of(file)))
          .orElseGet(LoopbackOnly::new);
    } catch (IllegalArgumentException unusable) {
      throw StartRefused.because(String.valueOf(unusable.getMessage()));
    }
  }

  private InForce inForce() {
    List<String> serves = SetupText.describe(turnpike.setup());
    return turnpike
        .watched()
        .map(watch ->
            new InForce(
                config.config().orElse(READY),
                watch.current().since(),
                serves,
                watch.current().lastRefusal()))
        .orElseGet(() -> new InForce(READY, since, serves, Optional.empty()));
  }

  // a file of the trail is held as a whole: one question at a time
  private TrailQuery records(Predicate<String> matches, int most) throws IOException {
    if (!searching.compareAndSet(false, true)) {
      throw new Busy("Somebody else is searching the trail: ask again in a moment");
    }
    try {
      return TrailQuery.of(turnpike.trail().folder(), matches, most);
    } finally {
      searching.set(false);
    }
  }

  private List<Connected> connected() {
    return sessions().stream().map(Management::connected).toList();
  }

  private List<Session> sessions() {
    return turnpike.gateway().stream()
        .flatMap(gateway -> gateway.sessions().all().stream())
        .toList();
  }

  private String catalog() {
    List<EndpointCatalog> all =
        turnpike
            .gateway()
            .map(gateway -> gateway.catalog().orTimeout(CATALOG_SECONDS, SECONDS).join())
            .orElse(List.of());
    return "{\"endpoints\":["
        + all.stream().map(EndpointCatalog::json).collect(Collectors.joining(","))
        + "]}";
  }

  private static Connected connected(Session session) {
    return new Connected(
        session.endpoint(),
        session.caller().name(),
        session.caller().tenant(),
        session.revision(),
        Duration.ofNanos(session.idleNanos()));
  }

  private static String schema() {
    try (InputStream in = Management.class.getResourceAsStream("/turnpike.schema.json")) {
      if (in == null) {
        throw new IllegalStateException("the schema of turnpike.yaml is not packaged");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("the schema of turnpike.yaml cannot be read", broken);
    }
  }
}
