package dev.turnpike.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The long run: one Jazzer after the other, each in a process of its own, with the kept inputs to
 * begin with. What it learns stays in {@code target/fuzz} until the next {@code clean}.
 */
final class LongRun {
  private static final Path LEARNT = Path.of("target", "fuzz");

  /** What coverage is measured of. */
  private static final String OURS =
      String.join(
          ":",
          "dev.turnpike.rpc.**",
          "dev.turnpike.sse.**",
          "dev.turnpike.upstream.**",
          "dev.turnpike.config.**",
          "dev.turnpike.expression.**",
          "dev.turnpike.session.**",
          "dev.turnpike.protocol.**",
          "dev.turnpike.relay.**");

  private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.";

  private LongRun() {}

  /** Ends with status 1 where a target broke a promise. */
  public static void main(String[] args) throws IOException, InterruptedException {
    long seconds = Long.getLong("fuzz.seconds", 60);
    long seed = Long.getLong("fuzz.seed", System.currentTimeMillis() & 0x7fffffff);
    String only = System.getProperty("fuzz.targets", "");
    List<String> broken = new ArrayList<>();
    for (Targets which : Targets.values()) {
      if (only.isEmpty() || List.of(only.split(",")).contains(which.folder())) {
        System.out.printf("fuzz: %s for %d s, -Dfuzz.seed=%d%n", which.folder(), seconds, seed);
        if (run(which, seconds, seed) != 0) {
          broken.add(which.folder());
        }
      }
    }
    System.out.println(broken.isEmpty() ? "fuzz: nothing found" : "fuzz: broken: " + broken);
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  private static int run(Targets which, long seconds, long seed)
      throws IOException, InterruptedException {
    Path learnt = Files.createDirectories(LEARNT.resolve(which.folder()));
    Path found = Files.createDirectories(LEARNT.resolve("found"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx768m",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfuzz.target=" + which.name(),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + Entry.class.getName(),
            "--instrumentation_includes=" + OURS,
            "--custom_hook_excludes=**",
            // the road may open sockets, and Netty may look at memory
            "--disabled_hooks="
                + (SANITIZERS + "ServerSideRequestForgery:")
                + (SANITIZERS + "UnsafeSanitizer"),
            "--reproducer_path=" + found,
            "-max_total_time=" + seconds,
            "-seed=" + seed,
            "-timeout=20",
            "-rss_limit_mb=4096",
            "-max_len=8192",
            "-print_final_stats=1",
            "-dict=" + dictionary(which),
            "-artifact_prefix=" + found.resolve(which.folder() + "-"),
            learnt.toString(),
            Kept.folder(which).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start().waitFor();
  }

  private static Path dictionary(Targets which) throws IOException {
    StringBuilder words = new StringBuilder();
    for (String word : which.words) {
      words.append('"');
      for (byte b : word.getBytes(StandardCharsets.ISO_8859_1)) {
        words.append(String.format(Locale.ROOT, "\\x%02X", b));
      }
      words.append("\"\n");
    }
    return Files.writeString(LEARNT.resolve(which.folder() + ".dict"), words);
  }
}
