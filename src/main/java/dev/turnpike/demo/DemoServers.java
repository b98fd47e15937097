package dev.turnpike.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.random.RandomGenerator;

/** Starts and ends the two demo servers, on the loopback interface only. */
public final class DemoServers {
  public static final int MODERN_PORT = 8091;
  public static final int LEGACY_PORT = 8092;

  private DemoServers() {}

  /**
   * Whether a process of this kind starts them.
   *
   * @param development whether it runs in development mode
   * @param configured whether it was given a {@code turnpike.yaml} of its user's own
   * @param asked whether its command line asks for them
   */
  public static boolean wanted(boolean development, boolean configured, boolean asked) {
    return asked || (development && !configured);
  }

  /**
   * Starts both, or neither. Fails with a message for the user when a port is taken.
   *
   * @param random a source that cannot be predicted, for session ids
   * @param modernPort where 2026-07-28 is spoken; 0: any that is free
   * @param legacyPort where 2025-06-18 and 2025-11-25 are spoken; 0: any that is free
   */
  public static Future<Running> start(
      Vertx vertx, RandomGenerator random, int modernPort, int legacyPort) {
    ModernServer modern = new ModernServer(vertx);
    LegacyServer legacy = new LegacyServer(vertx, random);
    DemoServer first = new DemoServer(modernPort, modern, modern::close);
    DemoServer second = new DemoServer(legacyPort, legacy, legacy::close);
    return vertx
        .deployVerticle(first)
        .compose(one ->
            vertx
                .deployVerticle(second)
                .map(two -> new Running(vertx, first, one, second, two))
                .recover(
                    failure -> vertx.undeploy(one).compose(done -> Future.failedFuture(failure))));
  }

  /** Both servers, listening. */
  public static final class Running {
    private final Vertx vertx;
    private final DemoServer modern;
    private final String modernId;
    private final DemoServer legacy;
    private final String legacyId;

    private Running(
        Vertx vertx, DemoServer modern, String modernId, DemoServer legacy, String legacyId) {
      this.vertx = vertx;
      this.modern = modern;
      this.modernId = modernId;
      this.legacy = legacy;
      this.legacyId = legacyId;
    }

    public String modernUrl() {
      return modern.url();
    }

    public String legacyUrl() {
      return legacy.url();
    }

    /** Ends what is open and frees both ports. */
    public Future<Void> close() {
      return Future.all(vertx.undeploy(modernId), vertx.undeploy(legacyId)).mapEmpty();
    }
  }
}
