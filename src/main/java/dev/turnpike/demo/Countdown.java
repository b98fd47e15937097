package dev.turnpike.demo;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that takes its time. Used on one event loop only. */
final class Countdown {
  private static final int HIGHEST = 20;
  private static final int LONGEST_PAUSE = 1000;

  private final int from;
  private final int pauseMillis;
  private final @Nullable Object progressToken;
  private int done;
  private boolean stopped;

  private Countdown(int from, int pauseMillis, @Nullable Object progressToken) {
    this.from = from;
    this.pauseMillis = pauseMillis;
    this.progressToken = progressToken;
  }

  /** Empty when the arguments are not what the tool's schema asks for. */
  static Optional<Countdown> of(JsonObject params) {
    JsonObject arguments = Rpc.object(params, "arguments");
    int from = integer(arguments, "from", 3, HIGHEST);
    int pause = integer(arguments, "pauseMs", 200, LONGEST_PAUSE);
    if (from < 1 || pause < 1) {
      return Optional.empty();
    }
    Object token = Rpc.object(params, "_meta").getValue("progressToken");
    return Optional.of(new Countdown(from, pause, Rpc.isId(token) ? token : null));
  }

  static JsonObject wrongArguments() {
    return Tools.failure(
        "countdown takes the integers \"from\" (1 to 20) and \"pauseMs\" (1 to 1000)");
  }

  /** Whether the caller asked to be told of progress: without a token nothing may be told. */
  boolean tellsProgress() {
    return progressToken != null;
  }

  /** Counts. The result comes once, unless it is stopped before. */
  void run(Vertx vertx, Consumer<JsonObject> progress, Consumer<JsonObject> result) {
    vertx.setTimer(
        pauseMillis,
        timer -> {
          if (stopped) {
            return;
          }
          done++;
          if (progressToken != null) {
            progress.accept(Rpc.notification("notifications/progress", report(progressToken)));
          }
          if (done == from) {
            result.accept(Tools.text("Counted down from " + from + "."));
          } else {
            run(vertx, progress, result);
          }
        });
  }

  void stop() {
    stopped = true;
  }

  private JsonObject report(Object token) {
    return new JsonObject()
        .put("progressToken", token)
        .put("progress", done)
        .put("total", from)
        .put("message", (from - done) + " to go");
  }

  /** 0 for what is not an integer from 1 to {@code most}. */
  private static int integer(JsonObject arguments, String name, int otherwise, int most) {
    if (!arguments.containsKey(name)) {
      return otherwise;
    }
    return arguments.getValue(name) instanceof Integer found && found <= most ? found : 0;
  }
}
