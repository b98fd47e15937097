package dev.turnpike.lane;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import java.util.List;

/** Tells the stable lane how a call goes; how it ends is told by the lane itself, once. */
record HandedWatch(Crossing crossing, Watch watch) implements Watch {
  @Override
  public void governed(String policy) {
    crossing.toStable(() -> watch.governed(policy));
  }

  @Override
  public void identified(Caller caller) {
    // it was, before it came here
  }

  @Override
  public void read(Call call) {
    crossing.toStable(() -> watch.read(call));
  }

  @Override
  public void routed(String upstream) {
    crossing.toStable(() -> watch.routed(upstream));
  }

  @Override
  public void permitted(Grounds grounds) {
    crossing.toStable(() -> watch.permitted(grounds));
  }

  @Override
  public void reserved(List<String> observed, Usage estimate) {
    crossing.toStable(() -> watch.reserved(observed, estimate));
  }

  @Override
  public void answered() {
    crossing.toStable(watch::answered);
  }

  @Override
  public void delivered() {
    crossing.toStable(watch::delivered);
  }

  @Override
  public void ended(Outcome outcome) {
    // the lane itself says, for it may have ended the call before
  }
}
