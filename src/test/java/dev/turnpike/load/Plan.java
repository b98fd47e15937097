package dev.turnpike.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long and how hard to measure. Each member can be set by a system property {@code
 * load.<name>}.
 *
 * @param rounds how often each subject is measured; medians are taken over them
 * @param seconds of counting in each measurement
 * @param lead seconds before counting starts, on fresh connections, in each measurement
 * @param warmup seconds that each subject is driven before the first measurement
 * @param connections held open, each with at most one call in flight
 * @param idleStreams legacy streams that stand open while nothing is said; 0 leaves strain out
 * @param heap value of {@code -Xmx} of every process measured
 * @param limit minutes after which everything is ended, whatever state it is in
 * @param jfr whether Turnpike runs under the flight recorder; its figures are then not comparable
 * @param application the packaged application, {@code quarkus-run.jar}
 * @param bare a Quarkus application with the same extensions that does nothing
 * @param other another packaged application to measure beside it, such as an earlier build
 * @param output folder for JSON, logs and recordings
 * @param only what alone is measured, such as {@code many} upstreams, or {@code builds}, this one
 *     beside the other; empty: everything
 */
record Plan(
    int rounds,
    int seconds,
    int lead,
    int warmup,
    int connections,
    int idleStreams,
    String heap,
    int limit,
    boolean jfr,
    Path application,
    Path bare,
    Optional<Path> other,
    Path output,
    String only) {

  Plan {
    if (rounds < 1 || seconds < 1 || lead < 0 || warmup < 0 || connections < 1) {
      throw new IllegalArgumentException("nothing would be measured");
    }
  }

  static Plan ofSystemProperties() {
    return new Plan(
        Integer.getInteger("load.rounds", 5),
        Integer.getInteger("load.seconds", 4),
        Integer.getInteger("load.lead", 1),
        Integer.getInteger("load.warmup", 12),
        Integer.getInteger("load.connections", 64),
        Integer.getInteger("load.idle", 5_000),
        System.getProperty("load.heap", "256m"),
        Integer.getInteger("load.limit", 15),
        Boolean.getBoolean("load.jfr"),
        Path.of(System.getProperty("load.application", "target/quarkus-app/quarkus-run.jar")),
        Path.of(System.getProperty("load.bare", "target/bare/quarkus-app/quarkus-run.jar")),
        Optional.of(System.getProperty("load.other", ""))
            .filter(path -> !path.isEmpty())
            .map(Path::of),
        Path.of(System.getProperty("load.output", "target/load")),
        System.getProperty("load.only", ""));
  }

  Duration leadTime() {
    return Duration.ofSeconds(lead);
  }

  Duration window() {
    return Duration.ofSeconds(seconds);
  }
}
