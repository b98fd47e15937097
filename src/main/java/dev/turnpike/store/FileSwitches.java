package dev.turnpike.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.flags.SwitchStore;
import dev.turnpike.flags.SwitchText;
import dev.turnpike.flags.Switched;
import dev.turnpike.flags.Switches;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * Switches of flags in a file, for one process and those that come after it: what was turned off
 * stays off over a restart. Thread-safe; reads and writes beside the event loop.
 */
public final class FileSwitches implements SwitchStore {
  private final Vertx vertx;
  private final Path file;
  private final InstantSource clock;

  public FileSwitches(Vertx vertx, Path file, InstantSource clock) {
    this.clock = clock;
    this.vertx = vertx;
    this.file = file;
  }

  @Override
  public CompletionStage<Switches> read() {
    return beside(this::load);
  }

  @Override
  public CompletionStage<?> put(Switched switched) {
    return beside(() -> store(now -> now.with(switched)));
  }

  @Override
  public CompletionStage<?> remove(String key, Optional<String> tenant) {
    return beside(() -> store(now -> now.without(key, tenant)));
  }

  private <T> CompletionStage<T> beside(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    vertx
        .executeBlocking(() -> done.complete(work.call()), false)
        .onFailure(done::completeExceptionally);
    return done;
  }

  private synchronized Switches load() throws IOException {
    try {
      return new Switches(SwitchText.readAll(Files.readString(file, UTF_8)), true);
    } catch (NoSuchFileException none) {
      return Switches.NONE;
    } catch (IllegalArgumentException unreadable) {
      throw new IOException(file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  // whole or not at all
  private synchronized Switches store(UnaryOperator<Switches> change) throws IOException {
    // what has expired is of no use to anybody
    Switches next = change.apply(load().at(clock.instant()));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(whole, SwitchText.write(next.all()), UTF_8);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return next;
  }
}
