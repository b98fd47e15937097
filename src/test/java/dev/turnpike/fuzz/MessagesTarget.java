package dev.turnpike.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.upstream.Splitting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Bodies of several messages, by brackets: wherever they are cut, and bounded. */
final class MessagesTarget implements Target {
  private static final int WIDE = 1 << 22;

  @Override
  public boolean judge(byte[] input) {
    SplittableRandom random = Pieces.chance(input);
    List<String> whole = split(List.of(input.clone()), WIDE);
    List<byte[]> pieces = Pieces.of(input, random);
    assertThat(split(pieces, WIDE)).isEqualTo(whole);
    assertThat(bare(String.join("", whole)))
        .as("nothing is lost or added")
        .isEqualTo(bare(new String(input, ISO_8859_1)));
    int bound = random.nextInt(40);
    List<String> bounded = split(pieces, bound);
    assertThat(bounded).isEqualTo(whole.subList(0, bounded.size()));
    bounded.forEach(message -> assertThat(message.length()).isLessThanOrEqualTo(bound));
    return alone(input, whole);
  }

  /** A document that the scanner takes is one message, and twice it is two. */
  private static boolean alone(byte[] input, List<String> whole) {
    Optional<Scan> scan = Scanned.scan(Payload.of(input), new Wanted(), Strictness.UPSTREAM);
    if (scan.isEmpty()) {
      return false;
    }
    assertThat(whole).containsExactly(trimmed(new String(input, ISO_8859_1)));
    JsonType type = scan.get().type();
    if (type == JsonType.OBJECT || type == JsonType.ARRAY) {
      List<String> twice = split(List.of(input.clone(), input.clone()), WIDE);
      assertThat(twice).containsExactly(whole.getFirst(), whole.getFirst());
    }
    return true;
  }

  private static List<String> split(List<byte[]> pieces, int bound) {
    List<String> messages = new ArrayList<>();
    // what is fed must not change, and what was given out must stay
    List<Payload> given = new ArrayList<>();
    boolean all =
        Splitting.split(
            pieces,
            bound,
            message -> {
              given.add(message);
              messages.add(trimmed(new String(message.copy(), ISO_8859_1)));
            });
    assertThat(all || bound < WIDE).isTrue();
    for (int i = 0; i < given.size(); i++) {
      assertThat(trimmed(new String(given.get(i).copy(), ISO_8859_1))).isEqualTo(messages.get(i));
    }
    return messages;
  }

  private static String trimmed(String text) {
    return text.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
  }

  private static String bare(String text) {
    return text.replaceAll("[ \t\r\n]", "");
  }
}
