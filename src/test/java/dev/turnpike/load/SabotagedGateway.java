package dev.turnpike.load;

import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.assembly.Experiments;
import dev.turnpike.assembly.Gateway;
import dev.turnpike.assembly.Hearing;
import dev.turnpike.assembly.LaneProcess;
import dev.turnpike.assembly.Settings;
import dev.turnpike.assembly.Trials;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.lane.Saboteur;
import dev.turnpike.testkit.Trying;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with an alpha that goes wrong in every way, whose flag stays on and whose breaker never
 * opens: what the lane alone holds back.
 */
final class SabotagedGateway extends AbstractVerticle {
  private static @Nullable Gateway gateway;

  private static final Duration BLOCKS = Duration.ofMillis(500);

  private final int originPort;
  private final Optional<URI> elsewhere;

  private SabotagedGateway(int originPort, Optional<URI> elsewhere) {
    this.originPort = originPort;
    this.elsewhere = elsewhere;
  }

  /** Arguments: the port of the origin; that of the lane's process, where it has one. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    Optional<URI> elsewhere =
        arguments.length > 1
            ? Optional.of(URI.create("http://127.0.0.1:" + arguments[1]))
            : Optional.empty();
    int loops = 2 * Runtime.getRuntime().availableProcessors();
    Served.run(() -> new SabotagedGateway(port, elsewhere), loops);
  }

  @Override
  public void start(Promise<Void> started) throws ConfigRejected {
    Served.listen(vertx, shared(vertx, originPort, elsewhere).door(), started);
  }

  private static synchronized Gateway shared(Vertx vertx, int originPort, Optional<URI> elsewhere)
      throws ConfigRejected {
    Gateway built = gateway == null ? built(vertx, originPort, elsewhere) : gateway;
    gateway = built;
    return built;
  }

  private static Gateway built(Vertx vertx, int originPort, Optional<URI> elsewhere)
      throws ConfigRejected {
    Setup setup =
        ConfigReader.read(
            """
            upstreams:
              modern: { mcp: { url: "http://127.0.0.1:%d/mcp", revision: modern } }
            endpoints:
              load: { mcp: { upstreams: [modern] }, anonymous: true }
            rules:
              - { name: all, allow: {} }
            """
                .formatted(originPort),
            "turnpike.yaml",
            _ -> null);
    Hearing hearing = Hearing.of(_ -> new ExchangeListener.Watch() {});
    Trying flags =
        new Trying(
            new LaneLimits(
                8, 0, 0.05, Duration.ofSeconds(1), 64 * 1024, 16, 1.1, Optional.empty()));
    Settings settings = LaneProcess.knownTo(unhurried());
    Trials trials =
        new Trials(
            List.of(new Saboteur(BLOCKS)),
            vertx,
            settings,
            setup,
            hearing,
            flags,
            flags,
            elsewhere);
    Gateway made =
        new Gateway(vertx, settings, setup, hearing, Experiments.aside(List.of(), trials));
    trials.beside(made);
    return made;
  }

  // who asks for all that there is does not want to be turned away for that
  private static Settings unhurried() {
    Settings.Bounds usual = Settings.Bounds.DEFAULT;
    AcceptLimits accept = usual.accept();
    return Settings.DEFAULT.within(
        new Settings.Bounds(
            new AcceptLimits(
                accept.body(),
                accept.headTime(),
                accept.bodyTime(),
                accept.stalled(),
                accept.queued(),
                accept.keepAlive(),
                new AcceptLimits.Room(
                    accept.room().exchanges(),
                    accept.room().bodies(),
                    Duration.ofSeconds(10),
                    accept.room().lateFor())),
            usual.scan(),
            usual.replay(),
            usual.sessions(),
            usual.connections(),
            usual.streamsPerCaller(),
            usual.callsPerCaller(),
            usual.connectionAge(),
            usual.inputTime(),
            usual.answer()));
  }
}
