package dev.turnpike.assembly;

import dev.langchain4j.model.TokenCountEstimator;
import dev.turnpike.tokens.Tokenizer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * An estimator of LangChain4j that somebody plugged in, as a tokenizer. It is asked by one thread
 * at a time, and that it fails is told once.
 */
final class PluggedEstimator implements Tokenizer {
  /** Instead of a name: the one that {@link ServiceLoader} finds. */
  static final String PROVIDER = "provider";

  private static final Logger LOG = Logger.getLogger("turnpike.tokens");

  private final TokenCountEstimator estimator;
  private final ClassLoader loader;
  private final Consumer<Throwable> failed;
  private final AtomicBoolean told = new AtomicBoolean();

  PluggedEstimator(TokenCountEstimator estimator, ClassLoader loader, Consumer<Throwable> failed) {
    this.estimator = estimator;
    this.loader = loader;
    this.failed = failed;
  }

  /**
   * Makes the one of that class, which has a public constructor without arguments, or, for {@link
   * #PROVIDER}, the only one that is provided.
   *
   * @param jars where it is looked for besides the class path: jars, and folders of them
   * @throws IllegalArgumentException where that cannot be done, with the reason
   */
  static PluggedEstimator named(String name, List<Path> jars) {
    ClassLoader loader = loader(jars);
    Supplier<TokenCountEstimator> making =
        () -> name.equals(PROVIDER) ? provided(loader) : made(name, loader);
    return new PluggedEstimator(
        within(loader, making),
        loader,
        failure ->
            LOG.warnf(
                failure,
                "the token estimator %s failed; what it fails on is estimated, and this is not told again",
                name));
  }

  private static ClassLoader loader(List<Path> jars) {
    ClassLoader ours = PluggedEstimator.class.getClassLoader();
    return jars.isEmpty()
        ? ours
        : new URLClassLoader(
            jars.stream().flatMap(PluggedEstimator::jars).toArray(URL[]::new), ours);
  }

  private static Stream<URL> jars(Path place) {
    if (!Files.isDirectory(place)) {
      return Stream.of(url(place));
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(PluggedEstimator::url)
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(place + " cannot be read", unreadable);
    }
  }

  private static URL url(Path jar) {
    if (!Files.isReadable(jar)) {
      throw new IllegalArgumentException(jar + " cannot be read");
    }
    try {
      return jar.toUri().toURL();
    } catch (IOException noUrl) {
      throw new IllegalArgumentException(jar + " cannot be read", noUrl);
    }
  }

  private static TokenCountEstimator made(String name, ClassLoader loader) {
    try {
      return Class.forName(name, true, loader)
          .asSubclass(TokenCountEstimator.class)
          .getConstructor()
          .newInstance();
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException("there is no class " + name, missing);
    } catch (ClassCastException other) {
      throw new IllegalArgumentException(
          name + " is no " + TokenCountEstimator.class.getName(), other);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException closed) {
      throw new IllegalArgumentException(
          name + " is no public class with a public constructor without arguments", closed);
    } catch (InvocationTargetException failed) {
      throw new IllegalArgumentException(name + " cannot be made: " + failed.getCause(), failed);
    } catch (LinkageError broken) {
      throw new IllegalArgumentException(name + " cannot be loaded: " + why(broken), broken);
    }
  }

  private static TokenCountEstimator provided(ClassLoader loader) {
    List<TokenCountEstimator> found = new ArrayList<>();
    try {
      ServiceLoader.load(TokenCountEstimator.class, loader).forEach(found::add);
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new IllegalArgumentException("what is provided cannot be made: " + why(broken), broken);
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "expected one provider of %s, found %s"
              .formatted(
                  TokenCountEstimator.class.getName(),
                  found.isEmpty()
                      ? "none"
                      : found.stream()
                          .map(each -> each.getClass().getName())
                          .collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }

  private static String why(Error error) {
    return error.getCause() == null ? error.toString() : error + ": " + error.getCause();
  }

  @Override
  public synchronized long count(String text) {
    try {
      int tokens = within(loader, () -> estimator.estimateTokenCountInText(text));
      if (tokens < 0) {
        throw new IllegalStateException("it says " + tokens + " tokens");
      }
      return tokens;
    } catch (RuntimeException | Error failure) {
      if (!told.getAndSet(true)) {
        failed.accept(failure);
      }
      throw failure;
    }
  }

  // whoever looks for its tables, or for what others provide, looks in the loader of the thread
  private static <T> T within(ClassLoader loader, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
