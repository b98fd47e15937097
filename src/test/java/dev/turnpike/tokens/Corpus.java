package dev.turnpike.tokens;

import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** Texts of every class, made by the project: the same at every run. */
final class Corpus {
  private static final Path PROSE = Path.of("src/test/resources/corpus");
  private static final Path CODE = Path.of("src/main/java/dev/turnpike");
  private static final int PIECES = 120;

  private final SplittableRandom random = new SplittableRandom(7);

  private Corpus() {}

  /** By what it is, such as {@code prose, german}. */
  static Map<String, List<Piece>> all() throws IOException {
    Corpus corpus = new Corpus();
    Map<String, List<Piece>> all = new LinkedHashMap<>();
    for (Path file : files(PROSE, ".txt")) {
      String language = String.valueOf(file.getFileName()).replace(".txt", "");
      all.put("prose, " + language, corpus.cuts(Files.readString(file)));
    }
    all.put("JSON", corpus.made(Corpus::json));
    List<Piece> code = new ArrayList<>();
    for (Path file : files(CODE, ".java")) {
      String text = Files.readString(file);
      code.add(piece(text.substring(0, Math.min(text.length(), 3_000))));
    }
    all.put("code, Java", code.subList(0, PIECES));
    all.put("base64", corpus.made(Corpus::base64));
    return all;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Piece piece(String text) {
    return Piece.string(Payload.of(JsonText.quote(text)));
  }

  // parts of a text, as long as answers are
  private List<Piece> cuts(String text) {
    return made(corpus -> {
      int from = corpus.random.nextInt(text.length() / 2);
      return text.substring(from, Math.min(text.length(), from + corpus.random.nextInt(40, 900)));
    });
  }

  private List<Piece> made(Function<Corpus, String> maker) {
    return Stream.generate(() -> piece(maker.apply(this))).limit(PIECES).toList();
  }

  private String json() {
    StringBuilder rows = new StringBuilder("{\"rows\":[");
    int count = random.nextInt(1, 12);
    for (int i = 0; i < count; i++) {
      rows.append(i == 0 ? "" : ",")
          .append("{\"id\":")
          .append(random.nextInt(1_000_000))
          .append(",\"name\":\"")
          .append(word())
          .append(' ')
          .append(word())
          .append("\",\"price\":")
          .append(random.nextInt(100_000) / 100.0)
          .append(",\"active\":")
          .append(random.nextBoolean())
          .append(",\"tags\":[\"")
          .append(word())
          .append("\",\"")
          .append(word())
          .append("\"],\"createdAt\":\"2026-0")
          .append(random.nextInt(1, 10))
          .append("-1")
          .append(random.nextInt(10))
          .append("T08:30:00Z\"}");
    }
    return rows.append("],\"next\":null}").toString();
  }

  private String word() {
    String[] words = {"bridge", "ferry", "river", "valley", "timber", "mill", "pear", "autumn"};
    return words[random.nextInt(words.length)];
  }

  private String base64() {
    byte[] bytes = new byte[random.nextInt(60, 1_500)];
    random.nextBytes(bytes);
    return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
  }
}
