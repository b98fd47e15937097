package dev.turnpike.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LookalikeTest {
  @Test
  void findsNamesThatReadAlike() {
    assertThat(
            Lookalike.pairs(
                List.of("pay_al1", "pay_all", "pay-aIl", "zero", "zer0", "one", "two", "one")))
        .containsExactly("pay_al1 and pay_all", "pay_al1 and pay-aIl", "zero and zer0");
  }

  @Test
  void findsNoneAmongThoseThatDoNot() {
    assertThat(Lookalike.pairs(List.of("read", "write", "read_all", "readall"))).isEmpty();
  }
}
