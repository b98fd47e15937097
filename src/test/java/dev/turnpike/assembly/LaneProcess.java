package dev.turnpike.assembly;

import dev.turnpike.account.MemoryLedger;
import dev.turnpike.budget.Till;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.lane.LaneListener;
import dev.turnpike.lane.Saboteur;
import dev.turnpike.protocol.mcp.federation.FederationListener;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.testkit.Trying;
import dev.turnpike.upstream.program.ProgramListener;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The experimental lane of others as a process of its own, with an alpha that goes wrong in every
 * way: behind the door and with the pass that Turnpike itself has, without Quarkus around it. Tells
 * its port, and ends when its standard input does, so that it outlives nobody.
 */
public final class LaneProcess {
  /** The key that it has in common with the process that sends to it. */
  public static final KeyRing KEYS =
      KeyRing.read(List.of("k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

  private LaneProcess() {}

  /** Settings of a process that may send to it. */
  public static Settings knownTo(Settings settings) {
    return new Settings(
        settings.site(),
        settings.bounds(),
        settings.identity(),
        settings.served(),
        settings.called(),
        settings.agents(),
        settings.exact(),
        settings.reporting(),
        () -> KEYS);
  }

  /**
   * Arguments: the port to listen at, 0 for any; the address of the upstream; for how many
   * milliseconds a call may last; at which share of failures its own breaker opens.
   */
  public static void main(String[] arguments) throws Exception {
    LaneLimits limits =
        new LaneLimits(
            8,
            0,
            0.05,
            Duration.ofMillis(Long.parseLong(arguments[2])),
            64 * 1024,
            16,
            Double.parseDouble(arguments[3]),
            Optional.empty());
    Vertx vertx = Vertx.vertx();
    Gateway gateway = built(vertx, arguments[1], new Trying(limits));
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(32 * 1024)
                    .setHost("127.0.0.1")
                    .setPort(Integer.parseInt(arguments[0])))
            .requestHandler(gateway.door())
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
    System.out.println(port);
    waitForTheEnd();
    Runtime.getRuntime().halt(0);
  }

  private static void waitForTheEnd() {
    try {
      while (System.in.read() >= 0) {
        // only the end is of interest
      }
    } catch (IOException gone) {
      // the same as the end
    }
  }

  /** Says what goes wrong. */
  private record Loud(LaneListener quiet) implements LaneListener {
    @Override
    public void failed(String flag, Throwable bug) {
      quiet.failed(flag, bug);
      System.err.println(bug);
    }

    @Override
    public void tripped(String flag, String why) {
      quiet.tripped(flag, why);
      System.err.println(why);
    }
  }

  private static Gateway built(Vertx vertx, String upstream, Trying flags) throws ConfigRejected {
    Setup setup =
        ConfigReader.read(
            """
            upstreams:
              m: { mcp: { url: "%s" } }
            endpoints:
              m: { mcp: { upstreams: [m] }, anonymous: true }
            rules:
              - { name: all, allow: {} }
            """
                .formatted(upstream),
            "turnpike.yaml",
            _ -> null);
    ExchangeListener listener = _ -> new ExchangeListener.Watch() {};
    Hearing hearing =
        new Hearing(
            listener,
            () -> false,
            FederationListener.NOOP,
            ProgramListener.NOOP,
            new MemoryLedger(),
            Till.inMemory());
    Settings settings = knownTo(Settings.DEFAULT);
    LaneSettings lane = new LaneSettings(true, Optional.empty());
    Trials trials =
        new Trials(
            List.of(new Saboteur()),
            vertx,
            settings,
            setup,
            hearing,
            lane.flags(flags),
            new Loud(flags),
            lane.elsewhere());
    AtomicReference<Gateway> there = new AtomicReference<>();
    Gateway gateway =
        new Gateway(
            vertx, settings, setup, hearing, lane.experiments(trials, there::get, listener));
    there.set(gateway);
    trials.beside(gateway);
    return gateway;
  }
}
