package dev.turnpike.flags;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folder with the files, one for each flag. Follows links anew on each look, so that a
 * Kubernetes volume whose {@code ..data} link is swapped is seen. Blocks while it reads.
 */
public final class FlagFolder {
  static final int LARGEST = 64 * 1024;
  static final int MOST = 500;

  private final Path folder;

  public FlagFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What one look has found.
   *
   * @param files by name, in the order of the alphabet
   * @param trouble why the folder cannot be read; empty where it can
   * @param fingerprint equal for equal content
   */
  public record Content(Map<String, byte[]> files, String trouble, String fingerprint) {
    /** Whether there is no such folder. */
    public boolean gone() {
      return fingerprint.equals("gone");
    }
  }

  /** What is there now. Never fails: that it cannot be read is content, too. */
  public Content look() {
    if (!Files.isDirectory(folder)) {
      return new Content(Map.of(), folder + ": there is no such folder", "gone");
    }
    Map<String, byte[]> files = new TreeMap<>();
    try (DirectoryStream<Path> names =
        Files.newDirectoryStream(folder, path -> isFlag(path.getFileName().toString()))) {
      for (Path path : names) {
        if (files.size() == MOST) {
          return trouble("has more than " + MOST + " files");
        }
        if (!Files.isRegularFile(path)) {
          return trouble(path.getFileName() + " is no file");
        }
        try (InputStream in = Files.newInputStream(path)) {
          byte[] bytes = in.readNBytes(LARGEST + 1);
          if (bytes.length > LARGEST) {
            return trouble(path.getFileName() + " has more than " + LARGEST / 1024 + " KiB");
          }
          files.put(path.getFileName().toString(), bytes);
        }
      }
    } catch (IOException broken) {
      return trouble("cannot be read: " + broken.getClass().getSimpleName());
    }
    return new Content(files, "", fingerprint(files));
  }

  private Content trouble(String what) {
    return new Content(Map.of(), folder + ": " + what, "trouble " + what);
  }

  // what Kubernetes and editors put beside the files begins with a dot
  private static boolean isFlag(String name) {
    return name.endsWith(FlagFile.SUFFIX) && !name.startsWith(".");
  }

  /**
   * Reads all files as one set.
   *
   * @param reached how far flags have come before; no stage goes back
   * @throws FlagsRejected with everything that is wrong, in the order of the files
   */
  public static FlagSet read(Content content, Map<String, Stage> reached) throws FlagsRejected {
    List<String> problems = new ArrayList<>();
    if (!content.trouble().isEmpty()) {
      throw new FlagsRejected(List.of(content.trouble()));
    }
    Map<String, Flag> flags = new TreeMap<>();
    Map<String, Object> definitions = new LinkedHashMap<>();
    Map<String, Object> evaluators = new LinkedHashMap<>();
    content
        .files()
        .forEach((name, bytes) ->
            FlagFile.read(name, bytes, problems)
                .ifPresent(file -> {
                  flags.put(file.flag().key(), file.flag());
                  definitions.put(file.flag().key(), file.definition());
                  share(file, evaluators, problems);
                }));
    flags.values().forEach(flag -> check(flag, flags, reached, problems));
    if (!problems.isEmpty()) {
      throw new FlagsRejected(problems);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$evaluators", evaluators);
    document.put("flags", definitions);
    return new FlagSet(flags, JsonValue.write(document));
  }

  private static void share(FlagFile file, Map<String, Object> evaluators, List<String> problems) {
    file.evaluators()
        .forEach((name, rule) -> {
          Object other = evaluators.putIfAbsent(name, rule);
          if (other != null && !other.equals(rule)) {
            problems.add(
                "%s: $evaluators.%s: another file has another rule of that name"
                    .formatted(file.name(), name));
          }
        });
  }

  private static void check(
      Flag flag, Map<String, Flag> flags, Map<String, Stage> reached, List<String> problems) {
    Optional.ofNullable(reached.get(flag.key()))
        .filter(was -> flag.stage().compareTo(was) < 0)
        .ifPresent(was ->
            problems.add(
                "%s.json: stage: %s after %s: a stage never goes back"
                    .formatted(flag.key(), flag.stage().word(), was.word())));
    if (flag.kind() == Kind.KILL_SWITCH && flag.killSwitch().isPresent()) {
      problems.add(flag.key() + ".json: killSwitch: a kill switch has none itself");
    }
    flag.killSwitch()
        .filter(key -> !flags.containsKey(key) || flags.get(key).kind() != Kind.KILL_SWITCH)
        .ifPresent(key ->
            problems.add(
                "%s.json: killSwitch: there is no kill switch '%s'".formatted(flag.key(), key)));
  }

  private static String fingerprint(Map<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach((name, bytes) -> {
        digest.update((name + "\n" + bytes.length + "\n").getBytes(UTF_8));
        digest.update(bytes);
      });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
