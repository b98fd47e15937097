package dev.turnpike.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLabelTest {
  @Test
  void everyRefusalHasALabelOfItsOwn() {
    List<Refusal> all = Told.oneOfEach();
    assertThat(all).hasSize(Refusal.class.getPermittedSubclasses().length);
    assertThat(all)
        .extracting(RefusalLabel::of)
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("[a-z_]+"));
  }

  @Test
  void anOperatorIsToldWhatAnUpstreamDid() {
    assertThat(RefusalLabel.detail(new Refusal.UpstreamUnavailable("u", "connection refused")))
        .isEqualTo("connection refused");
  }
}
