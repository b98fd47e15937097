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
 * opens: what the lane alone holds back. Or one whose breaker does, and which somebody arms anew
 * again and again.
 */
final class SabotagedGateway extends AbstractVerticle {
  private static @Nullable Gateway gateway;

  /** The alpha is in this process. */
  static final String HERE = "here";

  /** So it is, and its breaker opens. */
  static final String ARMED = "armed";

  private static final long ARMED_EVERY_MILLIS = 5_000;
  private static final Duration BLOCKS = Duration.ofMillis(500);

  private final int originPort;
  private final String lane;

  private SabotagedGateway(int originPort, String lane) {
    this.originPort = originPort;
    this.lane = lane;
  }

  /**
   * Arguments: the port of the origin; {@link #HERE}, {@link #ARMED} or the port of the lane's
   * process.
   */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    int loops = 2 * Runtime.getRuntime().availableProcessors();
    Served.run(() -> new SabotagedGateway(port, arguments[1]), loops);
  }

  @Override
  public void start(Promise<Void> started) throws ConfigRejected {
    Served.listen(vertx, shared(vertx, originPort, lane).door(), started);
  }

  private static synchronized Gateway shared(Vertx vertx, int originPort, String lane)
      throws ConfigRejected {
    Gateway built = gateway == null ? built(vertx, originPort, lane) : gateway;
    gateway = built;
    return built;
  }

  private static Gateway built(Vertx vertx, int originPort, String lane) throws ConfigRejected {
    boolean armed = lane.equals(ARMED);
    Optional<URI> elsewhere =
        armed || lane.equals(HERE)
            ? Optional.empty()
            : Optional.of(URI.create("http://127.0.0.1:" + lane));
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
                8,
                0,
                0.05,
                Duration.ofSeconds(1),
                64 * 1024,
                16,
                armed ? 0.5 : 1.1,
                Optional.empty()));
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
    if (armed) {
      vertx.setPeriodic(
          ARMED_EVERY_MILLIS,
          _ -> {
            flags.clear();
            trials.flagsChanged();
          });
    }
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
