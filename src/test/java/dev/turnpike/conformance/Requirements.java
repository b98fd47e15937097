package dev.turnpike.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the suite demands of a server in one revision, from the file that the suite ships.
 *
 * @param revision the date of the revision
 * @param scored the scenarios that conformance to the revision means, in the order of the file
 * @param others those that are run but not scored, without the ones of protocol extensions
 */
record Requirements(String revision, List<String> scored, List<String> others) {
  private static final String FOLDER =
      "node_modules/@modelcontextprotocol/conformance/requirements";

  static Requirements read(Path scripts, String revision) {
    Path file = scripts.resolve(FOLDER).resolve(revision + ".yaml");
    try {
      Map<String, List<?>> all =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      List<String> scored =
          all.getOrDefault("server", List.of()).stream().map(String::valueOf).toList();
      List<String> others =
          all.getOrDefault("not_scored", List.of()).stream()
              .filter(entry -> entry instanceof Map)
              .map(entry -> (Map<?, ?>) entry)
              .filter(entry -> "server".equals(entry.get("leg")))
              .filter(entry -> !"extension".equals(entry.get("reason")))
              .map(entry -> String.valueOf(entry.get("scenario")))
              .toList();
      return new Requirements(revision, scored, others);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
