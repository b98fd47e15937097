package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar as somebody would make one, with a LangChain4j estimator that is on no class path. */
public final class EstimatorJar {
  /** The estimator in it: a token for each word, and one for a table that is in the jar, too. */
  public static final String WORDS = "dev.example.Words";

  private static final String SOURCE =
      """
      package dev.example;

      import dev.langchain4j.data.message.ChatMessage;
      import dev.langchain4j.model.TokenCountEstimator;

      public class Words implements TokenCountEstimator {
        @Override
        public int estimateTokenCountInText(String text) {
          ClassLoader loader = Thread.currentThread().getContextClassLoader();
          return text.split(" ").length + (loader.getResource("table") == null ? 0 : 1);
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
          throw new UnsupportedOperationException();
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
          throw new UnsupportedOperationException();
        }
      }
      """;

  private EstimatorJar() {}

  /** Makes it in that folder, and provides it to {@link java.util.ServiceLoader}. */
  public static Path in(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///dev/example/Words.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE;
          }
        };
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    if (!ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, null, options, null, List.of(source))
        .call()) {
      throw new AssertionError("it does not compile");
    }
    Files.writeString(classes.resolve("table"), "");
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dev.langchain4j.model.TokenCountEstimator"), WORDS + "\n", UTF_8);
    Path jar = folder.resolve("words.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }
}
