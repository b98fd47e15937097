package dev.turnpike.protocol;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One request, read by its protocol: what it asks for in the words of the road, and the protocol's
 * own words towards the upstream and back. All calls are on the thread of the exchange.
 */
public interface Dialogue {
  Call call();

  /** The name of the upstream that it is for. */
  String upstream();

  /**
   * Learns what must be known of the upstream before the call can be judged. Completes at once
   * where that is known already; fails with {@link dev.turnpike.exchange.Refused} where the call
   * does not fit the upstream.
   */
  CompletionStage<?> meet(Upstream upstream);

  /**
   * Finds where the call goes, and meets it. Completes with the upstream; fails as {@link #meet}
   * does.
   */
  default CompletionStage<Upstream> find(Upstreams upstreams) {
    Upstream one = upstreams.named(upstream());
    return meet(one).thenApply(_ -> one);
  }

  /**
   * What the target is called where it goes, where rules have to allow it under that name, too.
   * Asked after {@link #find} has completed.
   */
  default Optional<Target> alias() {
    return Optional.empty();
  }

  /**
   * Whether it is a further round of a call that was paid for already, which this protocol itself
   * has verified: what a client says is no proof. Asked after {@link #meet} has completed.
   */
  default boolean continues() {
    return false;
  }

  /**
   * Where the answer comes from. Called after {@link #meet} has completed.
   *
   * @param visibility which targets the caller may see
   */
  Course course(Visibility visibility);

  /**
   * How the upstream's answer becomes the caller's.
   *
   * @param visibility which targets the caller may see
   */
  Answering answering(Visibility visibility, Reply reply);

  /** Says no, in the words of the protocol. Only before the reply is committed. */
  void refuse(Refusal reason, Reply reply);
}
