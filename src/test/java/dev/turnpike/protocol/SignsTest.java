package dev.turnpike.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Peer;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By what a request is known to be meant for an alpha. */
class SignsTest {
  private final Signs signs =
      new Signs(
          "/x/",
          "asks",
          List.of(
              new Sign.Says(Map.of("asks", Set.of("own")), List.of()),
              new Sign.Says(Map.of("asks", Set.of("shared")), List.of("word")),
              new Sign.Says(
                  Map.of("asks", Set.of(""), "of", Set.of("")), List.of("one", "two"), true),
              new Sign.Begins("of", "ours.")));

  private boolean meant(String path, String query, String body, String... fields) {
    Inbound inbound =
        new Inbound(
            "POST", path, query, new Fields(List.of(fields))::all, Payload.of(body), Peer.UNKNOWN);
    return signs.onHead(inbound) && signs.onBody(inbound);
  }

  @Test
  void isByOneOfThem() {
    assertThat(meant("/x/a", "", "", "asks: own")).isTrue();
    assertThat(meant("/y/a", "", "", "asks: own")).as("another path").isFalse();
    assertThat(meant("/x/a", "", "a word", "asks: shared")).isTrue();
    assertThat(meant("/x/a", "", "a wort", "asks: shared")).isFalse();
    assertThat(meant("/x/a", "", "wor", "asks: shared")).isFalse();
    assertThat(meant("/x/a", "", "a word", "asks: other")).isFalse();
    assertThat(meant("/x/a", "", "two and one")).isTrue();
    assertThat(meant("/x/a", "", "only one")).isFalse();
    assertThat(meant("/x/a", "line=1", "two and one")).as("with a query").isFalse();
    assertThat(meant("/x/a", "", "two and one", "of: another")).isFalse();
    assertThat(meant("/x/a", "", "", "of: ours.1")).isTrue();
    assertThat(meant("/x/a", "", "", "of: theirs.1")).isFalse();
  }

  @Test
  void isNeverOfEverything() {
    assertThatThrownBy(() -> new Sign.Says(Map.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sign.Begins("of", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Signs.below("")).isInstanceOf(IllegalArgumentException.class);
  }
}
