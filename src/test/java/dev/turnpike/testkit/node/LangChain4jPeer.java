package dev.turnpike.testkit.node;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * LangChain4j's client in a process of its own, below {@code src/test/langchain4j}: its libraries
 * are of other versions than Turnpike's.
 */
public final class LangChain4jPeer {
  private static final Duration BUILDING = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private LangChain4jPeer() {}

  /**
   * Builds it where it is not built, and lets it do all it can at that endpoint, whose server is of
   * that era.
   */
  public static Finished run(String url, String era) {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path folder = root.resolve(Path.of("src", "test", "langchain4j"));
    Finished built =
        NodeProcess.finish(
            root,
            BUILDING,
            Map.of(),
            List.of("./mvnw", "-q", "-f", folder.resolve("pom.xml").toString(), "process-classes"));
    if (built.status() != 0) {
      throw new IllegalStateException("the client cannot be built: " + built);
    }
    Path target = folder.resolve("target");
    String classpath =
        target.resolve("classes") + File.pathSeparator + target.resolve("dependency") + "/*";
    return NodeProcess.finish(
        folder,
        LIMIT,
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            classpath,
            "LangChain4jClient",
            url,
            era));
  }
}
