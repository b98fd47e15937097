package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Two spans for each exchange, named and labelled as OpenTelemetry's conventions for MCP have it:
 * the caller's request until its answer is sent, and within it what the upstream was asked. Unlike
 * labels of meters, a span has the names of targets; it never has arguments, results or sessions.
 */
public final class Spans implements ExchangeListener {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey(Conventions.METHOD);
  private static final AttributeKey<String> VERSION = AttributeKey.stringKey(Conventions.VERSION);
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey(Conventions.ERROR);
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey(Conventions.OPERATION);
  private static final String OWN = "turnpike.";
  private static final int LONGEST_NAME = 128;

  private final Tracer tracer;
  private final Predicate<Call> known;
  private final InstantSource clock;

  /**
   * @param known whether a call's method and revision are of MCP, and not a caller's own words
   */
  public Spans(Tracer tracer, Predicate<Call> known, InstantSource clock) {
    this.tracer = tracer;
    this.known = known;
    this.clock = clock;
  }

  @Override
  public Watch begun(Inbound inbound) {
    return new Traced(inbound, clock.instant());
  }

  private final class Traced implements Watch {
    private final Inbound inbound;
    private final Instant began;
    private String name = "request";
    private @Nullable Caller caller;
    private @Nullable Call call;
    private @Nullable Instant over;
    private Span server = Span.getInvalid();
    private Span client = Span.getInvalid();

    Traced(Inbound inbound, Instant began) {
      this.inbound = inbound;
      this.began = began;
    }

    @Override
    public void identified(Caller found) {
      caller = found;
    }

    @Override
    public void read(Call found) {
      if (known.test(found)) {
        call = found;
        name = nameOf(found);
        start(TraceParent.of(inbound));
        describe(server, found);
        server.setAttribute(OWN + "endpoint", found.endpoint());
        server.setAttribute(OWN + "lane", found.lane().name().toLowerCase(Locale.ROOT));
      }
    }

    // not before its name is known: a sampler may choose by that
    private void start(TraceParent parent) {
      SpanBuilder builder =
          tracer
              .spanBuilder(name)
              .setParent(Context.root().with(Span.wrap(parent.parent())))
              .setSpanKind(SpanKind.SERVER)
              .setStartTimestamp(began);
      parent.link().ifPresent(builder::addLink);
      server = builder.startSpan();
      if (caller != null) {
        server.setAttribute(OWN + "caller", caller.name());
        server.setAttribute(OWN + "tenant", caller.tenant());
      }
    }

    @Override
    public void routed(String upstream) {
      server.setAttribute(OWN + "upstream", upstream);
    }

    @Override
    public void reserved(List<String> observed, Usage estimate) {
      if (call == null) {
        return;
      }
      server.setAttribute(OWN + "estimate.input_tokens", estimate.input().tokens());
      server.setAttribute(OWN + "estimate.output_tokens", estimate.output().tokens());
      client =
          tracer
              .spanBuilder(name)
              .setParent(Context.root().with(server))
              .setSpanKind(SpanKind.CLIENT)
              .setStartTimestamp(clock.instant())
              .startSpan();
      describe(client, call);
    }

    @Override
    public void delivered() {
      over = clock.instant();
    }

    @Override
    public void ended(Outcome outcome) {
      if (call == null) {
        start(TraceParent.ofFields(inbound));
      }
      Instant end = over == null ? clock.instant() : over;
      String error = Conventions.error(outcome);
      for (Span span : List.of(client, server)) {
        if (!error.isEmpty()) {
          span.setAttribute(ERROR, error).setStatus(StatusCode.ERROR);
        }
        if (outcome instanceof Outcome.Served(Usage usage)) {
          used(span, usage);
        }
        span.end(end);
      }
    }
  }

  private static void describe(Span span, Call call) {
    span.setAttribute(METHOD, call.method());
    span.setAttribute(VERSION, call.revision());
    String operation = Conventions.operation(call);
    if (!operation.isEmpty()) {
      span.setAttribute(OPERATION, operation);
    }
    call.target().ifPresent(target -> span.setAttribute(keyOf(target), target.name()));
  }

  // a URI is no part of a name: there are too many of them
  private static String nameOf(Call call) {
    return call.target()
        .filter(target -> target.kind() != Target.Kind.RESOURCE)
        .filter(target -> target.name().length() <= LONGEST_NAME)
        .map(target -> call.method() + " " + target.name())
        .orElse(call.method());
  }

  private static String keyOf(Target target) {
    return switch (target.kind()) {
      case TOOL -> "gen_ai.tool.name";
      case PROMPT -> "gen_ai.prompt.name";
      case RESOURCE -> "mcp.resource.uri";
      case SKILL -> OWN + "skill";
      case OPERATION -> OWN + "operation";
    };
  }

  private static void used(Span span, Usage usage) {
    count(span, "input", usage.input());
    count(span, "output", usage.output());
    if (usage.cached() > 0) {
      span.setAttribute("gen_ai.usage.cache_read.input_tokens", usage.cached());
    }
    usage.model().ifPresent(model -> span.setAttribute("gen_ai.response.model", model));
  }

  private static void count(Span span, String type, Count count) {
    if (count.tokens() > 0) {
      span.setAttribute("gen_ai.usage." + type + "_tokens", count.tokens());
      span.setAttribute(
          OWN + "usage." + type + "_basis", count.basis().name().toLowerCase(Locale.ROOT));
    }
  }
}
