package dev.turnpike.upstream.program;

import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One process, from its start to its end. */
final class Program implements Channel {
  /** After which a program that was asked to end is asked less kindly. */
  static final long PATIENCE_MILLIS = 2_000;

  private final Programs kind;
  private final Ear ear;
  private final Outbox outbox;
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean ending = new AtomicBoolean();
  // a program whose own child reads on after it is gone would leave that behind
  private volatile List<ProcessHandle> children = List.of();
  private volatile @Nullable Process process;
  private boolean heard;

  Program(Programs kind, Ear ear) {
    this.kind = kind;
    this.ear = ear;
    this.outbox = new Outbox(kind.threads());
  }

  @Override
  public boolean write(Payload message) {
    return outbox.add(message);
  }

  @Override
  public CompletionStage<?> close() {
    ending.set(true);
    Process running = process;
    if (running != null) {
      note(running);
    }
    outbox.end();
    if (running != null) {
      kind.threads().execute(() -> end(running));
    }
    return gone;
  }

  /** The life of the process. Blocks for as long as it lives. */
  void run() {
    Process started;
    try {
      started = kind.builder().start();
    } catch (IOException | RuntimeException failed) {
      // what the platform says of a value that it does not take has the value in it
      kind.listener()
          .notStarted(
              kind.name(),
              failed instanceof IOException
                  ? String.valueOf(failed.getMessage())
                  : "its command or environment has a character that no process can be given");
      closed(new UpstreamFailed(UpstreamFailed.Kind.UNREACHABLE, "cannot be started"));
      gone.complete(null);
      return;
    }
    long pid = started.pid();
    process = started;
    kind.listener().started(kind.name(), pid);
    kind.threads()
        .execute(() ->
            new Complaints(kind.name(), pid, kind.listener(), kind.ticker())
                .read(started.getErrorStream()));
    outbox.open(started.getOutputStream());
    if (ending.get()) {
      kind.threads().execute(() -> end(started));
    }
    // a program that is gone, with a child of its own that holds the output open
    started.onExit().thenRun(() -> kind.threads().execute(() -> left(started)));
    UpstreamFailed why = read(started);
    closed(why);
    end(started);
  }

  private UpstreamFailed read(Process started) {
    Inbox inbox =
        new Inbox(
            kind.messageLimit(),
            new Ear() {
              @Override
              public boolean message(Payload json) {
                if (!heard) {
                  heard = true;
                  children = started.descendants().toList();
                }
                return !over.get() && ear.message(json);
              }

              @Override
              public void closed(UpstreamFailed why) {}
            },
            lines -> kind.listener().rubbish(kind.name(), started.pid(), lines));
    try {
      inbox.read(started.getInputStream());
    } catch (UpstreamFailed unusable) {
      return unusable;
    } catch (RuntimeException | StackOverflowError bug) {
      // whatever it said, it must not be left behind
      return new UpstreamFailed(UpstreamFailed.Kind.UNREADABLE, "could not be understood");
    }
    return new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, how(started));
  }

  private String how(Process started) {
    if (ending.get()) {
      return "was ended";
    }
    try {
      return started.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          ? "ended with status " + started.exitValue()
          : "closed its output";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "closed its output";
    }
  }

  private void left(Process started) {
    children.forEach(ProcessHandle::destroy);
    if (awaited(gone)) {
      return;
    }
    children.forEach(ProcessHandle::destroyForcibly);
    closed(new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, how(started)));
    end(started);
  }

  private static boolean awaited(CompletableFuture<?> stage) {
    try {
      stage.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException _) {
      return false;
    }
  }

  private void closed(UpstreamFailed why) {
    if (over.compareAndSet(false, true)) {
      outbox.end();
      ear.closed(why);
    }
  }

  // what it has started is found through it only as long as it is there
  private void note(Process running) {
    List<ProcessHandle> known = new ArrayList<>(children);
    running.descendants().filter(child -> !known.contains(child)).forEach(known::add);
    children = List.copyOf(known);
  }

  /** Kindly at first: its input ends. Then by a signal, then by one that cannot be refused. */
  private void end(Process running) {
    ending.set(true);
    outbox.end();
    if (gone.isDone()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>(children);
    if (!exited(running)) {
      running.descendants().filter(child -> !all.contains(child)).forEach(all::add);
      all.forEach(ProcessHandle::destroy);
      // by the handle: the process itself would first wait for whoever is stuck in writing to it
      running.toHandle().destroy();
    }
    if (!exited(running)) {
      running.descendants().filter(child -> !all.contains(child)).forEach(all::add);
      running.toHandle().destroyForcibly();
      exited(running);
    }
    all.forEach(ProcessHandle::destroyForcibly);
    if (gone.complete(null)) {
      kind.listener()
          .ended(
              kind.name(),
              running.pid(),
              running.isAlive() ? "is still there" : "status " + running.exitValue());
    }
  }

  private static boolean exited(Process running) {
    try {
      return running.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
