package dev.turnpike.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the files of a trail are, and what they are called. Blocks. */
record TrailFolder(Path folder) {
  private static final Pattern NAME = Pattern.compile("audit-([0-9]{18})\\.jsonl");

  private static final Pattern NOTED = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{64})\n");

  /** The file that begins with the record of that number. */
  Path beginningWith(long number) {
    return folder.resolve("audit-%018d.jsonl".formatted(number));
  }

  /** The number of the record that the file began with. */
  static long first(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is no file of a trail");
    }
    return Long.parseLong(name.group(1));
  }

  /** Holds the number and the hash of the newest record: so a lost end is noticed. */
  Path head() {
    return folder.resolve("audit.head");
  }

  /** The newest record, as it was noted; empty where nothing was, or nothing that can be read. */
  Optional<Links.Link> newest() throws IOException {
    if (!Files.exists(head())) {
      return Optional.empty();
    }
    Matcher noted = NOTED.matcher(Files.readString(head()));
    return noted.matches()
        ? Optional.of(new Links.Link(Long.parseLong(noted.group(1)), "", noted.group(2)))
        : Optional.empty();
  }

  /** Held by the process that writes. */
  Path lock() {
    return folder.resolve("audit.lock");
  }

  /** The files, the oldest first; none where there is no folder. */
  List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    }
  }
}
