package dev.turnpike.protocol.a2a;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.Payload;
import dev.turnpike.tokens.Piece;
import dev.turnpike.tokens.Weight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentScalesTest {
  private static final String PARTS = "[{\"text\":\"forty-two\"}]";

  private static Call call(Verb verb) {
    return new Call("a2a", "1.0", "e", verb, "m", Optional.empty(), Optional.empty(), Lane.STABLE);
  }

  private static List<Piece> weighed(Verb verb, String result) {
    Weight weight =
        new AgentScales()
            .weigh(
                call(verb), Payload.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}"));
    return weight.pieces();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":{\"parts\":$}}",
        "{\"task\":{\"status\":{\"message\":{\"parts\":$}}}}",
        "{\"statusUpdate\":{\"status\":{\"message\":{\"parts\":$}}}}",
        "{\"artifactUpdate\":{\"artifact\":{\"parts\":$}}}",
        "{\"kind\":\"message\",\"parts\":$}",
        "{\"kind\":\"task\",\"status\":{\"message\":{\"parts\":$}}}",
        "{\"kind\":\"status-update\",\"status\":{\"message\":{\"parts\":$}}}",
        "{\"kind\":\"artifact-update\",\"artifact\":{\"parts\":$}}"
      })
  void partsAreCountedInWhateverVersionTheyAreSaid(String result) {
    assertThat(weighed(Verb.INVOKE, result.replace("$", PARTS)))
        .containsExactly(Piece.json(Payload.of(PARTS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"task\":{\"artifacts\":[$]}}", "{\"kind\":\"task\",\"artifacts\":[$]}"})
  void artifactsAreCountedWhole(String result) {
    String artifact = "{\"artifactId\":\"a\",\"parts\":" + PARTS + "}";
    assertThat(weighed(Verb.INVOKE, result.replace("$", artifact)))
        .containsExactly(Piece.json(Payload.of("[" + artifact + "]")));
  }

  @Test
  void looksAtATaskWeighNothing() {
    assertThat(weighed(Verb.READ, "{\"id\":\"t\",\"artifacts\":[{\"parts\":" + PARTS + "}]}"))
        .isEmpty();
  }
}
