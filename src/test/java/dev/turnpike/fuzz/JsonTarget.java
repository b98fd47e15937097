package dev.turnpike.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.NaiveJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The scanner against its naive twin, and against Jackson. */
final class JsonTarget implements Target {
  private static final Wanted WANTED = new Wanted();
  private static final Map<Wanted.Member, String[]> PATHS = new LinkedHashMap<>();

  static {
    for (String name : List.of("a", "", "é", "id", "method", "params", "result", "error")) {
      want(name);
      for (String second : List.of("a", "name", "_meta", "é")) {
        want(name, second);
        want(name, second, "a");
      }
    }
  }

  private static void want(String... path) {
    PATHS.put(WANTED.member(path), path);
  }

  @Override
  public boolean judge(byte[] input) {
    SplittableRandom random = Pieces.chance(input);
    ScanLimits limits =
        random.nextBoolean()
            ? new ScanLimits(64, 100_000)
            : new ScanLimits(random.nextInt(1, 9), random.nextInt(40));
    boolean caller = judge(input, limits, Strictness.CALLER, random);
    boolean upstream = judge(input, limits, Strictness.UPSTREAM, random);
    assertThat(upstream || !caller).as("what a caller may say, an upstream may").isTrue();
    return caller;
  }

  private static boolean judge(
      byte[] input, ScanLimits limits, Strictness strictness, SplittableRandom random) {
    Optional<NaiveJson.Document> expected = NaiveJson.read(input, limits, strictness);
    Payload part = amid(input, random);
    Optional<Scan> actual;
    try {
      actual = Optional.of(JsonScanner.scan(part, WANTED, limits, strictness));
    } catch (MalformedJson malformed) {
      assertThat(malformed.offset()).isBetween(0, input.length);
      assertThat(again(input, limits, strictness))
          .as("refused for the same")
          .isEqualTo(told(malformed));
      actual = Optional.empty();
    }
    assertThat(actual.isPresent()).as("taken by %s", strictness).isEqualTo(expected.isPresent());
    if (actual.isEmpty() || expected.isEmpty()) {
      return false;
    }
    compare(expected.get(), actual.get());
    if (strictness == Strictness.CALLER) {
      // of half a surrogate pair Jackson refuses one in a name and takes one in a value
      Jackson.tree(input);
    }
    return true;
  }

  /** The input with other bytes around, as a body often is a part of what was read. */
  static Payload amid(byte[] input, SplittableRandom random) {
    byte around = "\"1{]\\ ,e".getBytes(UTF_8)[random.nextInt(8)];
    int before = random.nextInt(4);
    byte[] larger = new byte[before + input.length + random.nextInt(4)];
    Arrays.fill(larger, around);
    System.arraycopy(input, 0, larger, before, input.length);
    return Payload.of(larger).slice(before, before + input.length);
  }

  private static String again(byte[] input, ScanLimits limits, Strictness strictness) {
    try {
      JsonScanner.scan(Payload.of(input), WANTED, limits, strictness);
      return "taken";
    } catch (MalformedJson malformed) {
      return told(malformed);
    }
  }

  private static String told(MalformedJson malformed) {
    return malformed.reason() + " at " + malformed.offset();
  }

  private static void compare(NaiveJson.Document expected, Scan actual) {
    assertThat(actual.type()).isEqualTo(expected.root().type());
    PATHS.forEach((member, path) -> {
      Optional<NaiveJson.Tree> tree = expected.find(path);
      assertThat(actual.type(member))
          .isEqualTo(tree.map(NaiveJson.Tree::type).orElse(JsonType.ABSENT));
      assertThat(actual.find(member)).isEqualTo(tree.map(t -> expected.bytes(t.start(), t.end())));
      assertThat(actual.text(member))
          .isEqualTo(tree.filter(t -> t.type() == JsonType.STRING).map(NaiveJson.Tree::text));
    });
  }
}
