package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.Hidden;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A task that is asked for again and again until it is over (ext-tasks, specification/draft/tasks,
 * "Polling"). What it wants of the caller is asked once.
 */
final class Followed implements Hidden.Behind {
  private static final Duration USUAL = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration AT_MOST = Duration.ofMinutes(15);

  private final String id;
  private final String upstream;
  private final Set<String> given = new HashSet<>();
  private Duration pause;
  private Duration waited = Duration.ZERO;
  private boolean told;

  Followed(String id, String upstream, Optional<Duration> pause) {
    this.id = id;
    this.upstream = upstream;
    this.pause = bounded(pause.orElse(USUAL));
  }

  private static Duration bounded(Duration pause) {
    Duration atLeast = pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause;
    return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
  }

  @Override
  public Hidden.Ask first() {
    return ask();
  }

  private Hidden.Ask ask() {
    waited = waited.plus(pause);
    return new Hidden.Ask(pause, "tasks/get", id, about(), true);
  }

  // whoever comes back again and again for a task that never ends would be waited for without end
  private Hidden.Step again() throws Refused {
    if (waited.compareTo(AT_MOST) >= 0) {
      throw failed("worked at a task for more than " + AT_MOST.toMinutes() + " minutes");
    }
    return ask();
  }

  private String about() {
    return "\"taskId\":" + JsonText.quote(id);
  }

  @Override
  public Hidden.Step next(Told answer) throws Refused {
    if (told) {
      // it has taken what the caller gave
      told = false;
      return again();
    }
    TaskResult result = TaskResult.of(answer.scan().payload());
    if (!result.id().equals(Optional.of(id))) {
      throw failed("told of another task than it was asked for");
    }
    pause = result.pollInterval().map(Followed::bounded).orElse(pause);
    return switch (result.status()) {
      case "working" -> again();
      case "input_required" -> {
        Optional<Payload> wanted = result.wanting(given);
        yield wanted.isPresent() ? new Hidden.Inputs(Told.read(wanted.get(), upstream)) : again();
      }
      case "completed" -> end("result", result.result());
      case "failed" -> end("error", result.error());
      case "cancelled" -> error("The task was cancelled");
      default -> throw failed("told of a task in a state that there is not");
    };
  }

  private Hidden.End error(String message) throws Refused {
    return end(
        "error",
        Optional.of(
            "{\"code\":%d,\"message\":%s}".formatted(McpErrors.INTERNAL, JsonText.quote(message))));
  }

  private Hidden.End end(String member, Optional<String> json) throws Refused {
    String there = json.orElseThrow(() -> failed("ended a task without saying how it went"));
    return new Hidden.End(
        Told.read(
            Payload.of("{\"jsonrpc\":\"2.0\",\"id\":0,\"" + member + "\":" + there + "}"),
            upstream));
  }

  private Refused failed(String what) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream, what));
  }

  @Override
  public Hidden.Ask given(String responses) {
    told = true;
    return new Hidden.Ask(
        Duration.ZERO, "tasks/update", id, about() + ",\"inputResponses\":" + responses, false);
  }

  @Override
  public Hidden.Ask farewell() {
    return new Hidden.Ask(Duration.ZERO, "tasks/cancel", id, about(), true);
  }
}
