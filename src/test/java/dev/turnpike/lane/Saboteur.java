package dev.turnpike.lane;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Alpha;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Signs;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An alpha with every fault that one can have; the last word of the path says which. */
public final class Saboteur implements Alpha {
  private static final String PREFIX = "/sabotage/";
  private static final List<byte[]> HOARD = new ArrayList<>();

  private final CountDownLatch released = new CountDownLatch(1);
  private final Duration blocks;

  /** One that blocks its workers until it is told to let go. */
  public Saboteur() {
    this(Duration.ofDays(1));
  }

  /**
   * @param blocks how long it blocks a worker at most
   */
  public Saboteur(Duration blocks) {
    this.blocks = blocks;
  }

  /** Lets go of the workers that it blocks. */
  public void release() {
    released.countDown();
  }

  @Override
  public String id() {
    return "sabotage";
  }

  @Override
  public Signs signs() {
    return Signs.below(PREFIX);
  }

  @Override
  public boolean claims(Inbound inbound, Endpoints endpoints) {
    return inbound.path().startsWith(PREFIX);
  }

  @Override
  public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
    String fault = inbound.path().substring(PREFIX.length());
    switch (fault) {
      case "stack" -> deeper(0);
      case "bug" -> throw new IllegalStateException("a bug of an alpha");
      case "loops" -> loop();
      case "allocates" -> allocate(new ArrayList<>());
      case "hoards" -> allocate(HOARD);
      case "block" -> {
        try {
          var _ = released.await(blocks.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
      default -> {}
    }
    return new Act(endpoints.all().getFirst(), fault);
  }

  private static int deeper(int depth) {
    return depth < 0 ? 0 : 1 + deeper(depth + 1) + deeper(depth + 2);
  }

  private void loop() {
    while (released.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  // for a process of its own: what is asked of the others there fails, too
  private static void allocate(List<byte[]> kept) {
    while (true) {
      kept.add(new byte[64 * 1024]);
    }
  }

  @Override
  public void refuse(Refusal reason, Inbound inbound, Reply reply) {
    reply.answer(418);
  }

  private record Act(Endpoint endpoint, String fault) implements Dialogue {
    private static final Payload LONG = Payload.of("x".repeat(64 * 1024));

    @Override
    public Call call() {
      return new Call(
          "sabotage",
          "0",
          endpoint.name(),
          Verb.INVOKE,
          "act",
          Optional.of(new Target(Target.Kind.TOOL, "act")),
          Optional.empty(),
          Lane.EXPERIMENTAL);
    }

    @Override
    public String upstream() {
      return endpoint.upstream();
    }

    @Override
    public CompletionStage<?> meet(Upstream upstream) {
      return fault.equals("hang")
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(upstream);
    }

    @Override
    public Course course(Visibility visibility) {
      return switch (fault) {
        case "leak" ->
            new Course.Held(
                reply -> reply.stream().event("", Payload.of("{}")),
                new CompletableFuture<>(),
                () -> {});
        case "flood" -> new Course.Held(Act::flood, new CompletableFuture<>(), () -> {});
        case "twice" ->
            new Course.Home(reply -> {
              reply.answer(200, "text/plain", Payload.of("one"));
              reply.answer(200, "text/plain", Payload.of("two"));
            });
        case "silent" -> new Course.Home(_ -> {});
        case "internal" -> new Course.Home(reply -> reply.answer(500));
        case "status" -> new Course.Home(reply -> reply.answer(101));
        case "type" ->
            new Course.Home(reply -> reply.answer(200, "text\r\nplain", Payload.of("fine")));
        case "field" ->
            new Course.Home(reply -> {
              reply.header("odd\r\nname", "odd\r\nvalue");
              reply.answer(200, "text/plain", Payload.of("fine"));
            });
        case "lost" ->
            new Course.Home(_ -> {
              throw new IllegalStateException("a bug in an answer");
            });
        default -> new Course.Home(reply -> reply.answer(200, "text/plain", Payload.of("fine")));
      };
    }

    private static void flood(Reply reply) {
      Reply.EventSink sink = reply.stream();
      for (int i = 0; i < 10_000; i++) {
        sink.event("", LONG);
      }
    }

    @Override
    public Answering answering(Visibility visibility, Reply reply) {
      throw new IllegalStateException("nothing comes from elsewhere");
    }

    @Override
    public void refuse(Refusal reason, Reply reply) {
      reply.answer(418);
    }
  }
}
