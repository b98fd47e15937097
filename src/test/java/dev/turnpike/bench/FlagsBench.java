package dev.turnpike.bench;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Subject;
import dev.turnpike.flagd.FlagdEngines;
import dev.turnpike.flags.Board;
import dev.turnpike.flags.Flag;
import dev.turnpike.flags.FlagSet;
import dev.turnpike.flags.Kind;
import dev.turnpike.flags.Stage;
import dev.turnpike.flags.Switches;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whether a flag is on for one of a thousand callers, as each call asks it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlagsBench {
  private static final int CALLERS = 1_000;

  @Param({"2", "200"})
  public int flags = 2;

  private final FlagdEngines engines = new FlagdEngines();
  private final List<Caller> callers = new ArrayList<>();
  private @Nullable Board board;
  private int next;

  @Setup
  public void fill() {
    Map<String, Flag> all = new LinkedHashMap<>();
    StringBuilder document = new StringBuilder("{\"flags\":{");
    for (int i = 0; i < flags; i++) {
      String key = "protocol.mcp.r" + i;
      all.put(key, flag(key));
      document
          .append(i == 0 ? "" : ",")
          .append(
              ("\"%s\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},"
                      + "\"defaultVariant\":\"on\",\"targeting\":{\"if\":[{\"in\":[{\"var\":"
                      + "\"tenant\"},[\"a\",\"b\"]]},\"off\",null]}}")
                  .formatted(key));
    }
    board = new Board(Map.of(), engines::of, InstantSource.system());
    board.files(new FlagSet(all, document.append("}}").toString()));
    board.switches(Switches.NONE);
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          new Caller(
              Optional.empty(),
              Optional.of(
                  new Subject("s" + i, "c", "t" + i % 100, List.of(), List.of(), Map.of()))));
    }
  }

  private static Flag flag(String key) {
    return new Flag(
        key,
        Kind.PROTOCOL,
        Stage.STABLE,
        false,
        true,
        "",
        "maintainers",
        "0.1.0",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @TearDown
  public void end() {
    engines.close();
  }

  @Benchmark
  public boolean on() {
    next = (next + 1) % CALLERS;
    return board != null && board.on("protocol.mcp.r" + flags / 2, callers.get(next), "pay");
  }
}
