package dev.turnpike.assembly;

import dev.turnpike.config.Wire;
import dev.turnpike.demo.Banner;
import dev.turnpike.demo.DemoServers;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The demo servers where they are wanted, and what is printed when Turnpike is up. */
@ApplicationScoped
class Demo {
  private static final Logger LOG = Logger.getLogger("turnpike");

  static final String KEYCLOAK = "keycloak";

  private static final long SETTLED_MILLIS = 400;

  private final Vertx vertx;
  private final Turnpike turnpike;
  private final ProcessConfig config;
  private final LaunchMode mode;
  private final int httpPort;
  private final int managementPort;
  private final DemoIssuer issuer;
  private volatile DemoServers.@Nullable Running running;

  Demo(
      Vertx vertx,
      Turnpike turnpike,
      ProcessConfig config,
      LaunchMode mode,
      @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int httpPort,
      @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int managementPort) {
    this.vertx = vertx;
    this.turnpike = turnpike;
    this.config = config;
    this.mode = mode;
    this.httpPort = httpPort;
    this.managementPort = managementPort;
    this.issuer = new DemoIssuer(Path.of(config.data()));
  }

  void start(@Observes StartupEvent event) throws InterruptedException {
    boolean own = turnpike.watched().isPresent();
    boolean issuing = config.demo().equals(KEYCLOAK);
    if (!issuing && !List.of("true", "false").contains(config.demo())) {
      throw StartRefused.because(
          "turnpike.demo: expected true, false or keycloak, found '" + config.demo() + "'");
    }
    if (issuing) {
      vertx.executeBlocking(() -> {
        issuer.start();
        return null;
      });
    }
    if (DemoServers.wanted(
        mode == LaunchMode.DEVELOPMENT, own, issuing || config.demo().equals("true"))) {
      try {
        running =
            DemoServers.start(
                    vertx, new SecureRandom(), DemoServers.MODERN_PORT, DemoServers.LEGACY_PORT)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
      } catch (ExecutionException failed) {
        LOG.error("the demo servers do not run: " + reason(failed));
      } catch (TimeoutException slow) {
        LOG.error("the demo servers do not run: they did not start within 10 s");
      }
    } else if (!own && mode == LaunchMode.NORMAL) {
      LOG.warn(
          "no configuration was named: the ready one is served, and its demo servers do not run."
              + " Set TURNPIKE_CONFIG=my.yaml, or start with --demo");
    }
  }

  private static String reason(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return cause == null ? String.valueOf(failed.getMessage()) : String.valueOf(cause.getMessage());
  }

  void up(@ObservesAsync HttpServerStart event) {
    if (mode == LaunchMode.TEST) {
      return;
    }
    String base = config.publicUrl().orElse("http://localhost:" + httpPort);
    String admin = "http://localhost:" + managementPort;
    String file = config.config().orElse("turnpike.yaml, as it is packaged,");
    // a demo that did not start is not announced
    List<String> lines =
        turnpike.watched().isPresent() || running == null
            ? Banner.own(base, admin, file, turnpike.paths(Wire.MCP), turnpike.paths(Wire.A2A))
            : Banner.demo(base, admin);
    // for a person at a terminal, not for a log; and only once no other port has stopped the start
    vertx.setPeriodic(
        SETTLED_MILLIS,
        timer -> {
          Application process = Application.currentApplication();
          if (process != null && process.isStarted()) {
            vertx.cancelTimer(timer);
            System.out.println("\n" + String.join("\n", lines) + "\n");
          }
        });
  }

  void stop(@Observes ShutdownEvent event) {
    issuer.close();
    DemoServers.Running open = running;
    // where the process ends, Vert.x ends them; where it goes on, nobody else would
    if (open != null && mode == LaunchMode.DEVELOPMENT) {
      open.close();
    }
  }
}
