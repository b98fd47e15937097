package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Wanted.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTwinTest {
  private static final int DOCUMENTS = 1_500;

  private static final Wanted WANTED = new Wanted();
  private static final Map<Member, String[]> PATHS = new LinkedHashMap<>();

  static {
    for (String first : RandomJson.NAMES) {
      want(first);
      for (String second : RandomJson.NAMES.subList(0, 6)) {
        want(first, second);
        want(first, second, "a");
      }
    }
  }

  private static void want(String... path) {
    PATHS.put(WANTED.member(path), path);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheNaiveReaderOnWholeAndOnDamagedDocuments(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomJson documents = new RandomJson(random);
    int accepted = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      byte[] bytes = documents.document().getBytes(UTF_8);
      byte[] judged = random.nextBoolean() ? bytes : documents.damaged(bytes);
      ScanLimits limits = new ScanLimits(random.nextInt(3, 9), random.nextInt(20, 200));
      for (Strictness strictness : Strictness.values()) {
        accepted += agree(judged, limits, strictness, random.nextInt(9)) ? 1 : 0;
      }
    }
    assertThat(accepted).isBetween(DOCUMENTS / 2, DOCUMENTS * 2 - DOCUMENTS / 4);
  }

  private static boolean agree(byte[] bytes, ScanLimits limits, Strictness strictness, int before) {
    Optional<NaiveJson.Document> expected = NaiveJson.read(bytes, limits, strictness);
    Optional<Scan> actual = scan(bytes, limits, strictness, before);
    assertThat(actual.isPresent())
        .as("%s of %s", strictness, new String(bytes, UTF_8))
        .isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      PATHS.forEach(
          (member, path) -> same(expected.get(), expected.get().find(path), actual.get(), member));
      assertThat(actual.get().type()).isEqualTo(expected.get().root().type());
    }
    return expected.isPresent();
  }

  /** Scans it as the part of a larger array that a body on the wire often is. */
  private static Optional<Scan> scan(
      byte[] bytes, ScanLimits limits, Strictness strictness, int before) {
    byte[] larger = new byte[before + bytes.length + 9];
    Arrays.fill(larger, (byte) '"');
    System.arraycopy(bytes, 0, larger, before, bytes.length);
    Payload part = Payload.of(larger).slice(before, before + bytes.length);
    try {
      return Optional.of(JsonScanner.scan(part, WANTED, limits, strictness));
    } catch (MalformedJson malformed) {
      assertThat(malformed.offset()).isBetween(0, bytes.length);
      return Optional.empty();
    }
  }

  private static void same(
      NaiveJson.Document document, Optional<NaiveJson.Tree> expected, Scan scan, Member member) {
    assertThat(scan.type(member))
        .isEqualTo(expected.map(NaiveJson.Tree::type).orElse(JsonType.ABSENT));
    if (expected.isPresent()) {
      NaiveJson.Tree tree = expected.get();
      assertThat(scan.span(member)).isEqualTo(document.bytes(tree.start(), tree.end()));
      assertThat(scan.memberSpan(member)).isEqualTo(document.bytes(tree.key(), tree.end()));
    }
    assertThat(scan.text(member))
        .isEqualTo(expected.filter(t -> t.type() == JsonType.STRING).map(NaiveJson.Tree::text));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void givesEachElementOfAnArrayAsItWouldBeScannedAlone(long seed) throws MalformedJson {
    SplittableRandom random = new SplittableRandom(seed);
    RandomJson documents = new RandomJson(random);
    ScanLimits limits = new ScanLimits(20, 10_000);
    for (int i = 0; i < 200; i++) {
      List<String> texts = new ArrayList<>();
      while (texts.size() < random.nextInt(4)) {
        String text = documents.document();
        if (NaiveJson.read(text.getBytes(UTF_8), limits, Strictness.UPSTREAM).isPresent()) {
          texts.add(text.strip());
        }
      }
      Payload array = Payload.of("[ " + String.join(" , ", texts) + "\n]");
      List<Scan> elements = JsonScanner.elements(array, WANTED);
      assertThat(elements).map(e -> e.payload().text()).isEqualTo(texts);
      for (Scan element : elements) {
        Scan alone = JsonScanner.scan(element.payload(), WANTED, limits, Strictness.UPSTREAM);
        assertThat(array.slice(element.spanIn(array))).isEqualTo(alone.payload());
        for (Member member : PATHS.keySet()) {
          assertThat(element.find(member)).isEqualTo(alone.find(member));
        }
      }
    }
  }
}
