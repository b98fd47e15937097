package dev.turnpike.accept;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeadWatchTest {
  private final List<Outcome> told = new ArrayList<>();
  private final EmbeddedChannel channel = connected();

  private EmbeddedChannel connected() {
    EmbeddedChannel made = new EmbeddedChannel(false, false);
    made.freezeTime();
    HeadWatch.begin(made, Duration.ofSeconds(30), 4, (_, outcome) -> told.add(outcome));
    try {
      made.register();
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
    return made;
  }

  private void comes(String text) {
    channel.writeInbound(bytes(text));
  }

  private void goes(String text) {
    channel.writeOutbound(bytes(text));
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  private void after(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void aConnectionThatBringsNothingIsClosedAndNoExchange() {
    after(29);
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void aHeadThatDripsIsCutHoweverOftenSomethingComes() {
    for (int i = 0; i < 29; i++) {
      comes("x");
      after(1);
    }
    assertThat(channel.isOpen()).isTrue();
    after(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(told).singleElement().isInstanceOf(Outcome.TurnedAway.class);
  }

  @Test
  void whatIsAnsweredWithoutARequestIsTold() {
    comes("nonsense\r\n\r\n");
    goes("HTTP/1.1 400 Bad Request\r\n\r\n");
    channel.close();
    assertThat(told).singleElement().isInstanceOf(Outcome.TurnedAway.class);
  }

  @Test
  void leavingInTheMiddleIsTold() {
    comes("GET / HT");
    channel.close();
    assertThat(told).singleElement().isInstanceOf(Outcome.Cut.class);
  }

  @Test
  void leavingWithoutAWordIsNot() {
    channel.close();
    assertThat(told).isEmpty();
  }

  @Test
  void anEmptyLineIsNoHead() {
    comes("\r\n");
    channel.close();
    assertThat(told).isEmpty();
  }

  @Test
  void aGreetingInTwoPartsIsOne() {
    comes("PR");
    comes("I * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    channel.close();
    assertThat(told).isEmpty();
  }

  @Test
  void aGreetingOfHttp2IsNoHead() {
    comes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    channel.close();
    assertThat(told).isEmpty();
  }
}
