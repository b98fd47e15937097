package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.exchange.Usage;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Exactly one line for each exchange, when it has ended; a bug has an error with its stack besides.
 * A field that is not known is left out.
 */
public final class AccessLog implements ExchangeListener {
  /** How a line is written. */
  public enum Format {
    /** {@code key=value}. */
    TEXT,
    /** One JSON object. */
    JSON
  }

  private final Format format;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Consumer<String> lines;
  private final BiConsumer<String, Throwable> bugs;

  AccessLog(
      Format format,
      Ticker ticker,
      InstantSource clock,
      Consumer<String> lines,
      BiConsumer<String, Throwable> bugs) {
    this.format = format;
    this.ticker = ticker;
    this.clock = clock;
    this.lines = lines;
    this.bugs = bugs;
  }

  /**
   * Tells bugs to the logger {@code turnpike.exchange}.
   *
   * @param lines takes each line, without its end
   */
  public static AccessLog to(
      Consumer<String> lines, Format format, Ticker ticker, InstantSource clock) {
    Logger bugs = Logger.getLogger("turnpike.exchange");
    return new AccessLog(format, ticker, clock, lines, bugs::error);
  }

  /** The line that tells that lines are missing before it. */
  public static String loss(Format format, long missing) {
    return start(format).put("lost_lines", Long.toString(missing)).text();
  }

  private static LogLine start(Format format) {
    return switch (format) {
      case TEXT -> new LogLine.KeyValue();
      case JSON -> new LogLine.Json();
    };
  }

  @Override
  public Watch begun(Inbound inbound) {
    return new Entry(inbound);
  }

  private final class Entry implements Watch {
    private final Inbound inbound;
    private final Instant at = clock.instant();
    private final long beganNanos = ticker.nanos();
    private @Nullable Caller caller;
    private @Nullable Call call;
    private @Nullable String upstream;
    private @Nullable String rule;
    private final List<String> observed = new ArrayList<>(0);
    private Usage estimate = Usage.NONE;
    private long overNanos;
    private boolean over;

    Entry(Inbound inbound) {
      this.inbound = inbound;
    }

    @Override
    public void identified(Caller found) {
      caller = found;
    }

    @Override
    public void read(Call found) {
      call = found;
    }

    @Override
    public void routed(String found) {
      upstream = found;
    }

    @Override
    public void permitted(Grounds grounds) {
      rule = grounds.rule();
      observed.addAll(grounds.observed());
    }

    @Override
    public void reserved(List<String> wouldRefuse, Usage probably) {
      observed.addAll(wouldRefuse);
      estimate = probably;
    }

    @Override
    public void delivered() {
      over = true;
      overNanos = ticker.nanos();
    }

    @Override
    public void ended(Outcome outcome) {
      long nanos = (over ? overNanos : ticker.nanos()) - beganNanos;
      LogLine line = start(format);
      line.put("time", at.truncatedTo(ChronoUnit.MILLIS).toString());
      who(line);
      what(line);
      how(line, outcome);
      lines.accept(line.millis("duration_ms", nanos).text());
      if (outcome instanceof Outcome.Broken(Throwable bug)) {
        bugs.accept("an exchange ended in a bug", bug);
      }
    }

    private void who(LogLine line) {
      if (caller != null) {
        line.put("caller", caller.name()).put("tenant", caller.tenant());
      }
    }

    private void what(LogLine line) {
      if (call == null) {
        if (!inbound.method().isEmpty()) {
          line.put("http_method", inbound.method()).put("path", inbound.path());
        }
        return;
      }
      line.put("protocol", call.protocol())
          .put("revision", call.revision())
          .put("lane", lower(call.lane()))
          .put("endpoint", call.endpoint())
          .put("method", call.method())
          .put("verb", lower(call.verb()));
      call.target()
          .ifPresent(target -> line.put("kind", lower(target.kind())).put("target", target.name()));
    }

    private void how(LogLine line, Outcome outcome) {
      if (upstream != null) {
        line.put("upstream", upstream);
      }
      if (rule != null) {
        line.put("rule", rule);
      }
      if (!observed.isEmpty()) {
        line.put("observed", String.join(",", observed));
      }
      if (estimate.total() > 0) {
        line.number("estimate_tokens", estimate.total());
      }
      line.put("outcome", OutcomeLabel.of(outcome));
      switch (outcome) {
        case Outcome.TurnedAway(var reason, var decidedBy) -> {
          if (!decidedBy.isEmpty()) {
            line.put("rule", decidedBy);
          }
          line.put("refusal", RefusalLabel.of(reason));
          String detail = RefusalLabel.detail(reason);
          if (!detail.isEmpty()) {
            line.put("detail", detail);
          }
        }
        case Outcome.Cut(var by, var reason) -> line.put("by", lower(by)).put("detail", reason);
        case Outcome.Served(var usage) -> tokens(line, usage);
        case Outcome.Broken _ -> {}
      }
    }

    private static void tokens(LogLine line, Usage usage) {
      count(line, "input", usage.input());
      count(line, "output", usage.output());
      count(line, "definition", usage.definitions());
    }
  }

  private static void count(LogLine line, String kind, Count count) {
    if (count.tokens() > 0) {
      line.number(kind + "_tokens", count.tokens()).put(kind + "_basis", lower(count.basis()));
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
