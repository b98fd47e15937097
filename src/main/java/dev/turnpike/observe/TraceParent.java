package dev.turnpike.observe;

import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The span of a caller's that an exchange is a part of: that of {@code params._meta} (MCP,
 * SEP-414), else that of the HTTP fields. W3C Trace Context; what is malformed or said twice counts
 * as absent. It is telemetry and proves nothing.
 *
 * @param parent invalid where there is none
 * @param link of the HTTP fields, where they name another than the message does
 */
record TraceParent(SpanContext parent, Optional<SpanContext> link) {
  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";
  // it was scanned before, within narrower ones
  private static final ScanLimits LIMITS = new ScanLimits(ScanLimits.DEEPEST, Integer.MAX_VALUE);

  private static final Wanted META = new Wanted();
  private static final Wanted.Member META_PARENT = META.member("params", "_meta", PARENT);
  private static final Wanted.Member META_STATE = META.member("params", "_meta", STATE);

  private static final TextMapGetter<Function<String, @Nullable String>> BY_NAME =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Function<String, @Nullable String> carrier) {
          return List.of(PARENT, STATE);
        }

        @Override
        public @Nullable String get(
            @Nullable Function<String, @Nullable String> carrier, String name) {
          return carrier == null ? null : carrier.apply(name);
        }
      };

  /** Of a request whose body is a message that was read. */
  static TraceParent of(Inbound inbound) {
    SpanContext ofFields = ofFields(inbound.headers());
    SpanContext ofMessage = ofMessage(inbound);
    return ofMessage.isValid()
        ? new TraceParent(ofMessage, Optional.of(ofFields).filter(SpanContext::isValid))
        : new TraceParent(ofFields, Optional.empty());
  }

  /** Of a request of which nobody knows what its body is. */
  static TraceParent ofFields(Inbound inbound) {
    return new TraceParent(ofFields(inbound.headers()), Optional.empty());
  }

  private static SpanContext ofFields(Headers headers) {
    return extract(name -> {
      List<String> values = headers.all(name);
      return values.size() == 1 ? values.getFirst() : null;
    });
  }

  private static SpanContext ofMessage(Inbound inbound) {
    if (inbound.body().size() == 0) {
      return SpanContext.getInvalid();
    }
    try {
      Scan message = JsonScanner.scan(inbound.body(), META, LIMITS, Strictness.UPSTREAM);
      return extract(
          name -> message.text(name.equals(PARENT) ? META_PARENT : META_STATE).orElse(null));
    } catch (MalformedJson _) {
      return SpanContext.getInvalid();
    }
  }

  private static SpanContext extract(Function<String, @Nullable String> carrier) {
    return Span.fromContext(
            W3CTraceContextPropagator.getInstance().extract(Context.root(), carrier, BY_NAME))
        .getSpanContext();
  }
}
