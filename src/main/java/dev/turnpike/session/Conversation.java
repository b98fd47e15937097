package dev.turnpike.session;

import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * What Turnpike itself remembers of a session whose upstream has none: what the caller said of
 * itself when it opened the session, and what is under way in it. Thread-safe.
 */
public final class Conversation {
  private static final int MAX_QUESTIONS = 256;
  private static final String DEFAULT_LEVEL = "info";

  private final String capabilities;
  private final String client;
  private final Map<RpcId, CompletableFuture<Payload>> questions = new LinkedHashMap<>();
  private final Map<RpcId, Runnable> calls = new HashMap<>();
  private final List<Runnable> atEnd = new ArrayList<>();
  private String logLevel = DEFAULT_LEVEL;
  private long asked;
  private boolean ended;

  /**
   * @param capabilities what the caller can do, as JSON, in the words of the upstream's era
   * @param client who the caller says it is, as JSON
   */
  public Conversation(String capabilities, String client) {
    this.capabilities = capabilities;
    this.client = client;
  }

  public String capabilities() {
    return capabilities;
  }

  public String client() {
    return client;
  }

  /**
   * What the caller wants to hear of logs; {@code info} before it has said so, as servers of its
   * era do.
   */
  public synchronized String logLevel() {
    return logLevel;
  }

  public synchronized void logLevel(String level) {
    logLevel = level;
  }

  /** A question to the caller that is about to be put, and its answer. */
  public record Question(RpcId id, CompletableFuture<Payload> answer) {}

  /**
   * A question under an id that no other has: a number, because there are clients that answer
   * nothing else. Its answer is the whole message; it fails with {@link CancellationException} when
   * the session ends, or there are too many questions open.
   */
  public synchronized Question ask() {
    RpcId id = new RpcId.Num(Long.toString(++asked));
    CompletableFuture<Payload> answer = new CompletableFuture<>();
    if (ended || questions.size() >= MAX_QUESTIONS) {
      answer.cancel(false);
    } else {
      questions.put(id, answer);
    }
    return new Question(id, answer);
  }

  /** Nobody waits for the answer any more: it fails. */
  public void forget(RpcId id) {
    CompletableFuture<Payload> waiting;
    synchronized (this) {
      waiting = questions.remove(id);
    }
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /** Hands an answer of the caller to whoever asked; one that nobody waits for is dropped. */
  public void answered(RpcId id, Payload message) {
    CompletableFuture<Payload> waiting;
    synchronized (this) {
      waiting = questions.remove(id);
    }
    if (waiting != null) {
      waiting.complete(message);
    }
  }

  /** A call has begun that this would stop. */
  public synchronized void begun(RpcId call, Runnable stop) {
    if (!ended) {
      calls.put(call, stop);
    }
  }

  public synchronized void over(RpcId call) {
    calls.remove(call);
  }

  /** Stops the call, if it is under way. */
  public void cancel(RpcId call) {
    Runnable stop;
    synchronized (this) {
      stop = calls.remove(call);
    }
    if (stop != null) {
      stop.run();
    }
  }

  /** Runs when the session ends; at once where it has. */
  public void atEnd(Runnable action) {
    synchronized (this) {
      if (!ended) {
        atEnd.add(action);
        return;
      }
    }
    action.run();
  }

  void end() {
    List<CompletableFuture<Payload>> waiting;
    List<Runnable> stopped = new ArrayList<>();
    synchronized (this) {
      ended = true;
      waiting = List.copyOf(questions.values());
      stopped.addAll(calls.values());
      stopped.addAll(atEnd);
      atEnd.clear();
      questions.clear();
      calls.clear();
    }
    waiting.forEach(answer -> answer.cancel(false));
    stopped.forEach(Runnable::run);
  }
}
