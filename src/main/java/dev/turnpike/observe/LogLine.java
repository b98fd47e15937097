package dev.turnpike.observe;

/** One structured line, put together field by field. Names are ours and stand as they are. */
sealed interface LogLine {
  LogLine put(String name, String value);

  LogLine number(String name, long value);

  /** A duration in milliseconds, with the microseconds behind a point. */
  LogLine millis(String name, long nanos);

  /** The line, without its end. */
  String text();

  /** {@code name=value}, the value in quotes where it needs them. */
  final class KeyValue implements LogLine {
    private final StringBuilder out = new StringBuilder(320);

    @Override
    public LogLine put(String name, String value) {
      begin(name);
      if (Escaped.plain(value)) {
        out.append(value);
      } else {
        Escaped.quoted(out, value);
      }
      return this;
    }

    @Override
    public LogLine number(String name, long value) {
      begin(name);
      out.append(value);
      return this;
    }

    @Override
    public LogLine millis(String name, long nanos) {
      begin(name);
      decimal(out, nanos);
      return this;
    }

    @Override
    public String text() {
      return out.toString();
    }

    private void begin(String name) {
      if (!out.isEmpty()) {
        out.append(' ');
      }
      out.append(name).append('=');
    }
  }

  /** One JSON object. */
  final class Json implements LogLine {
    private final StringBuilder out = new StringBuilder(384).append('{');

    @Override
    public LogLine put(String name, String value) {
      begin(name);
      Escaped.quoted(out, value);
      return this;
    }

    @Override
    public LogLine number(String name, long value) {
      begin(name);
      out.append(value);
      return this;
    }

    @Override
    public LogLine millis(String name, long nanos) {
      begin(name);
      decimal(out, nanos);
      return this;
    }

    @Override
    public String text() {
      return out.append('}').toString();
    }

    private void begin(String name) {
      if (out.length() > 1) {
        out.append(',');
      }
      out.append('"').append(name).append("\":");
    }
  }

  private static void decimal(StringBuilder out, long nanos) {
    long micros = Math.max(0, nanos) / 1000;
    out.append(micros / 1000).append('.');
    long rest = micros % 1000;
    out.append(rest / 100).append(rest / 10 % 10).append(rest % 10);
  }
}
