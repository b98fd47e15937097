package dev.turnpike.testkit;

import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A Vert.x that remembers which of its periodic timers have not been cancelled. Thread-safe. */
public final class Timers {
  private final Set<Object> periodic = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;

  private Timers(Vertx real) {
    this.vertx =
        (Vertx)
            Proxy.newProxyInstance(
                Vertx.class.getClassLoader(),
                new Class<?>[] {Vertx.class},
                (_, method, arguments) -> {
                  try {
                    Object result = method.invoke(real, arguments);
                    switch (method.getName()) {
                      case "setPeriodic" -> periodic.add(result);
                      case "cancelTimer" -> periodic.remove(arguments[0]);
                      default -> {}
                    }
                    return result;
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
  }

  public static Timers of(Vertx real) {
    return new Timers(real);
  }

  /** The same Vert.x, with its timers counted. */
  public Vertx vertx() {
    return vertx;
  }

  /** Periodic timers that go on. */
  public int periodic() {
    return periodic.size();
  }
}
