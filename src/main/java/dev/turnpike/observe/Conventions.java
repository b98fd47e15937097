package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Verb;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names and values of OpenTelemetry's semantic conventions for GenAI and MCP, as far as meters use
 * them. Names of tools, prompts and resources are none of them: a caller can make them up.
 */
final class Conventions {
  /** A histogram of tokens, each of one type. */
  static final String TOKEN_USAGE = "gen_ai.client.token.usage";

  /** A histogram of seconds, from a request until its answer is sent. */
  static final String SERVER_DURATION = "mcp.server.operation.duration";

  /** A histogram of seconds, from what is sent to an upstream until it is answered. */
  static final String CLIENT_DURATION = "mcp.client.operation.duration";

  static final String TOKEN_TYPE = "gen_ai.token.type";
  static final String INPUT = "input";
  static final String OUTPUT = "output";

  static final String OPERATION = "gen_ai.operation.name";
  static final String METHOD = "mcp.method.name";
  static final String VERSION = "mcp.protocol.version";
  static final String ERROR = "error.type";

  /** What is not said; to Prometheus, no label. */
  static final String ABSENT = "";

  private Conventions() {}

  /** 1, 4, 16 ... 67,108,864. */
  static double[] tokenBuckets() {
    return IntStream.rangeClosed(0, 13).mapToDouble(power -> 1L << (2 * power)).toArray();
  }

  static Duration[] durationBuckets() {
    return Stream.of(
            10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000,
            300_000)
        .map(Duration::ofMillis)
        .toArray(Duration[]::new);
  }

  /** Said of calls of tools alone. */
  static String operation(Call call) {
    return call.verb() == Verb.INVOKE ? "execute_tool" : ABSENT;
  }

  /** What went wrong: of a closed set. An error that an upstream answered with is not seen here. */
  static String error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Served _ -> ABSENT;
      case Outcome.TurnedAway(Refusal reason, _) -> RefusalLabel.of(reason);
      case Outcome.Cut(Outcome.By by, _) ->
          switch (by) {
            case CALLER -> "cut_by_caller";
            case UPSTREAM -> "cut_by_upstream";
            case GATEWAY -> "cut_by_gateway";
          };
      case Outcome.Broken _ -> "_OTHER";
    };
  }
}
