package dev.turnpike.assembly;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code turnpike.ledger.url} into the settings of the two databases that are built in, of
 * which it makes one active. Found by its service file.
 */
public final class LedgerDatabase implements ConfigSourceInterceptor {
  static final String H2 = "jdbc:h2:";
  static final String POSTGRESQL = "jdbc:postgresql:";

  private static final long serialVersionUID = 1;
  private static final String URL = "turnpike.ledger.url";
  private static final String DATA = "turnpike.data";

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    return switch (name) {
      case "quarkus.datasource.h2.active" -> value(name, isH2(context));
      case "quarkus.datasource.postgresql.active" -> value(name, !isH2(context));
      case "quarkus.datasource.h2.jdbc.url" -> value(name, isH2(context) ? url(context) : H2);
      case "quarkus.datasource.postgresql.jdbc.url" ->
          value(name, isH2(context) ? POSTGRESQL : url(context));
      default -> context.proceed(name);
    };
  }

  private static boolean isH2(ConfigSourceInterceptorContext context) {
    return !url(context).startsWith(POSTGRESQL);
  }

  private static String url(ConfigSourceInterceptorContext context) {
    String set = text(context, URL);
    if (!set.isEmpty() && !set.equals(Books.MEMORY)) {
      return set;
    }
    String data = text(context, DATA);
    Path folder = Path.of(data.isEmpty() ? "data" : data).toAbsolutePath();
    // who closes it is we, after the last entry
    return H2 + "file:" + folder.resolve("ledger").resolve("usage") + ";DB_CLOSE_ON_EXIT=FALSE";
  }

  private static String text(ConfigSourceInterceptorContext context, String name) {
    ConfigValue set = context.proceed(name);
    return set == null || set.getValue() == null ? "" : set.getValue().strip();
  }

  private static ConfigValue value(String name, Object value) {
    return ConfigValue.builder().withName(name).withValue(String.valueOf(value)).build();
  }
}
