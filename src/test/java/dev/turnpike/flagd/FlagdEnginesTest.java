package dev.turnpike.flagd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.flags.Circumstances;
import dev.turnpike.flags.Engine;
import dev.turnpike.flags.FlagSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real flagd, in this process. */
class FlagdEnginesTest {
  private final FlagdEngines engines = new FlagdEngines();

  @AfterEach
  void close() {
    engines.close();
  }

  private static FlagSet set(String defaultVariant, String targeting) {
    return new FlagSet(
        Map.of(),
        """
        {"$evaluators":{"labs":{"in":[{"var":"tenant"},["labs","team-ml"]]}},
        "flags":{"a.b":{"state":"ENABLED","variants":{"on":true,"off":false},
        "defaultVariant":"%s","targeting":%s}}}
        """
            .formatted(defaultVariant, targeting)
            .replace("\n", ""));
  }

  private static Circumstances of(String tenant, String spiffe, String namespace) {
    return new Circumstances(tenant, spiffe, "", namespace, "", "pay");
  }

  private static boolean on(Engine engine, Circumstances circumstances) {
    return engine.ask("a.b", false, circumstances).on();
  }

  @Test
  void aFlagIsWhatItsFileSays() {
    assertThat(on(engines.of(set("on", "{}")), Circumstances.NONE)).isTrue();
    assertThat(on(engines.of(set("off", "{}")), Circumstances.NONE)).isFalse();
  }

  @Test
  void targetingSeesWhatIsProven() {
    Engine byTenant = engines.of(set("off", "{\"if\":[{\"$ref\":\"labs\"},\"on\",null]}"));
    assertThat(on(byTenant, of("labs", "", ""))).isTrue();
    assertThat(on(byTenant, of("acme", "", ""))).isFalse();
    Engine byWorkload =
        engines.of(
            set(
                "off",
                "{\"if\":[{\"starts_with\":[{\"var\":\"spiffeId\"},\"spiffe://cluster.local/ns/agents/\"]},"
                    + "\"on\",null]}"));
    assertThat(on(byWorkload, of("none", "spiffe://cluster.local/ns/agents/sa/planner", "")))
        .isTrue();
    assertThat(on(byWorkload, of("none", "spiffe://cluster.local/ns/other/sa/planner", "")))
        .isFalse();
    Engine byPlace =
        engines.of(
            set(
                "off",
                "{\"if\":[{\"and\":[{\"==\":[{\"var\":\"namespace\"},\"agents\"]},"
                    + "{\"==\":[{\"var\":\"endpoint\"},\"pay\"]}]},\"on\",null]}"));
    assertThat(on(byPlace, of("none", "", "agents"))).isTrue();
    assertThat(on(byPlace, of("none", "", "others"))).isFalse();
  }

  @Test
  void aShareOfTheTenantsHasItAndKeepsIt() {
    Engine engine =
        engines.of(
            set(
                "off",
                "{\"fractional\":[{\"cat\":[{\"var\":\"$flagd.flagKey\"},{\"var\":\"tenant\"}]},"
                    + "[\"on\",25],[\"off\",75]]}"));
    long on = IntStream.range(0, 1_000).filter(i -> on(engine, of("t" + i, "", ""))).count();
    assertThat(on).isBetween(200L, 300L);
    long again = IntStream.range(0, 1_000).filter(i -> on(engine, of("t" + i, "", ""))).count();
    assertThat(again).isEqualTo(on);
  }

  @Test
  void whatIsNotThereIsWhatItWouldBeOtherwise() {
    Engine engine = engines.of(set("on", "{}"));
    assertThat(engine.ask("a.c", true, Circumstances.NONE).on()).isTrue();
    assertThat(engine.ask("a.c", false, Circumstances.NONE).on()).isFalse();
    assertThat(engine.ask("a.c", false, Circumstances.NONE).why()).contains("cannot say");
  }

  @Test
  void aRuleThatCannotBeEvaluatedTurnsNothingOn() {
    Engine engine = engines.of(set("off", "{\"if\":[true,\"maybe\",null]}"));
    assertThat(engine.ask("a.b", false, Circumstances.NONE).on()).isFalse();
    assertThat(engine.ask("a.b", false, Circumstances.NONE).why()).contains("cannot say");
  }

  @Test
  void aDocumentThatFlagdDoesNotTakeLeavesTheOneBefore() {
    Engine before = engines.of(set("on", "{}"));
    assertThatThrownBy(() -> engines.of(new FlagSet(Map.of(), "{\"flags\":{\"a\":7}}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flagd does not take");
    assertThat(on(before, Circumstances.NONE)).isTrue();
    assertThat(on(engines.of(set("off", "{}")), Circumstances.NONE)).isFalse();
  }
}
