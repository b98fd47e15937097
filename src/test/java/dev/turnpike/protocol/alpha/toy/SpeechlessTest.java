package dev.turnpike.protocol.alpha.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Alpha;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Signs;
import dev.turnpike.testkit.RecordedReply;
import dev.turnpike.testkit.Requests;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A protocol with a bug in the very words of its refusals. */
class SpeechlessTest extends ToyRoad {
  private static final String BUG = "no words";

  private final RecordedReply reply = new RecordedReply();

  /** The toy, but for its refusals. */
  private record Speechless(Toy toy) implements Alpha {
    @Override
    public String id() {
      return "toy";
    }

    @Override
    public Signs signs() {
      return toy.signs();
    }

    @Override
    public boolean claims(Inbound inbound, Endpoints endpoints) {
      return toy.claims(inbound, endpoints);
    }

    @Override
    public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
      return new Mute(toy.read(inbound, caller, endpoints));
    }

    @Override
    public void refuse(Refusal reason, Inbound inbound, Reply to) {
      throw new IllegalStateException(BUG);
    }
  }

  private record Mute(Dialogue echo) implements Dialogue {
    @Override
    public Call call() {
      return echo.call();
    }

    @Override
    public String upstream() {
      return echo.upstream();
    }

    @Override
    public CompletionStage<?> meet(Upstream upstream) {
      return echo.meet(upstream);
    }

    @Override
    public Course course(Visibility visibility) {
      return echo.course(visibility);
    }

    @Override
    public Answering answering(Visibility visibility, Reply to) {
      return echo.answering(visibility, to);
    }

    @Override
    public void refuse(Refusal reason, Reply to) {
      throw new IllegalStateException(BUG);
    }
  }

  private void mustBreakOnce(Inbound inbound) {
    assertThat(send(new Speechless(new Toy()), true, inbound, reply))
        .isInstanceOfSatisfying(
            Outcome.Broken.class, broken -> assertThat(broken.bug()).hasMessage(BUG));
    assertThat(ended).as("told once").hasSize(1);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).as("nothing of the bug").isEmpty();
  }

  @Test
  void endsOnceAsABugWhereItCannotSayThatItCouldNotRead() {
    mustBreakOnce(Requests.withMethod(Requests.post("/toy/demo", "hello"), "PUT"));
  }

  @Test
  void endsOnceAsABugWhereItCannotSayThatARuleForbids() {
    mustBreakOnce(Requests.post("/toy/quiet", "hello"));
  }
}
