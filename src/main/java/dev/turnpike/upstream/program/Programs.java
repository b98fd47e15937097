package dev.turnpike.upstream.program;

import dev.turnpike.config.Reach;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.upstream.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Starts the program of one upstream, as often as it is asked to. */
public final class Programs implements Channel.Opener {
  private static final AtomicLong THREADS = new AtomicLong();
  // of the platform, since reads of pipes hold on to what virtual threads run on
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(action -> {
        Thread thread =
            new Thread(null, action, "program-" + THREADS.incrementAndGet(), 512 * 1024);
        thread.setDaemon(true);
        return thread;
      });

  private final String name;
  private final Reach.Program reach;
  private final UnaryOperator<@Nullable String> environment;
  private final int messageLimit;
  private final ProgramListener listener;
  private final Ticker ticker;

  /**
   * @param name of the upstream
   * @param environment the variables of Turnpike's own
   * @param messageLimit bytes of one message
   */
  public Programs(
      String name,
      Reach.Program reach,
      UnaryOperator<@Nullable String> environment,
      int messageLimit,
      ProgramListener listener,
      Ticker ticker) {
    this.name = name;
    this.reach = reach;
    this.environment = environment;
    this.messageLimit = messageLimit;
    this.listener = listener;
    this.ticker = ticker;
  }

  @Override
  public Channel open(Channel.Ear ear) {
    Program program = new Program(this, ear);
    POOL.execute(program::run);
    return program;
  }

  /** How it is started: without a shell, and with nothing in its environment that is not meant. */
  ProcessBuilder builder() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(reach.command());
    Map<String, String> seen = builder.environment();
    seen.clear();
    Reach.ALWAYS_INHERITED.forEach(variable -> inherit(variable, seen));
    reach.inherited().forEach(variable -> inherit(variable, seen));
    seen.putAll(reach.environment());
    for (var file : reach.files().entrySet()) {
      try {
        seen.put(
            file.getKey(),
            Files.readString(file.getValue(), StandardCharsets.UTF_8).stripTrailing());
      } catch (IOException unreadable) {
        throw new IOException(
            "env." + file.getKey() + ": the file cannot be read: " + unreadable.getMessage(),
            unreadable);
      }
    }
    reach.directory().ifPresent(directory -> builder.directory(directory.toFile()));
    return builder;
  }

  private void inherit(String variable, Map<String, String> seen) {
    String value = environment.apply(variable);
    if (value != null) {
      seen.put(variable, value);
    }
  }

  String name() {
    return name;
  }

  int messageLimit() {
    return messageLimit;
  }

  ProgramListener listener() {
    return listener;
  }

  Ticker ticker() {
    return ticker;
  }

  ExecutorService threads() {
    return POOL;
  }
}
