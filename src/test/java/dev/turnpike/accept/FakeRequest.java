package dev.turnpike.accept;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The little of Vert.x' requests and connections that is asked for, without a socket. */
final class FakeRequest {
  private FakeRequest() {}

  /** A connection that remembers what was done to it. */
  static final class Link {
    final List<String> done = new ArrayList<>();
    private final boolean goesAway;
    private Handler<Void> whenClosed = _ -> {};
    final HttpConnection connection = fake(HttpConnection.class, this::does);

    /** One of HTTP/2, or of HTTP/1.1, where there is no GOAWAY. */
    Link(HttpVersion version) {
      this.goesAway = version == HttpVersion.HTTP_2;
    }

    HttpServerRequest request() {
      HttpVersion version = goesAway ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1;
      return fake(
          HttpServerRequest.class,
          (name, _) ->
              switch (name) {
                case "connection" -> connection;
                case "version" -> version;
                default -> throw new AssertionError(name);
              });
    }

    void closed() {
      whenClosed.handle(null);
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object does(String name, Object[] arguments) {
      switch (name) {
        case "closeHandler" -> {
          whenClosed = (Handler<Void>) arguments[0];
          return connection;
        }
        case "goAway" -> {
          if (!goesAway) {
            throw new UnsupportedOperationException();
          }
        }
        case "close" -> {}
        default -> throw new AssertionError(name);
      }
      done.add(name);
      return name.equals("goAway") ? connection : null;
    }
  }

  /** A request of which only header fields are asked. */
  static HttpServerRequest withFields(Map<String, String> fields) {
    return fake(HttpServerRequest.class, (_, arguments) -> fields.get((String) arguments[0]));
  }

  /** What a method of that name answers. */
  @FunctionalInterface
  interface Answers {
    @Nullable Object to(String name, Object[] arguments);
  }

  static <T> T fake(Class<T> type, Answers answers) {
    InvocationHandler told =
        (self, method, arguments) ->
            switch (method.getName()) {
              case "hashCode" -> System.identityHashCode(self);
              case "equals" -> self == arguments[0];
              case "toString" -> type.getSimpleName();
              default ->
                  answers.to(method.getName(), arguments == null ? new Object[0] : arguments);
            };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, told));
  }
}
