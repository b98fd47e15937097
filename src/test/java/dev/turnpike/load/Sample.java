package dev.turnpike.load;

import java.time.Duration;

/**
 * What one closed-loop measurement counted.
 *
 * @param calls answered in the window
 * @param bad answers among them that were not what was asked for
 * @param window as it really was
 * @param cost what the processes spent in it
 */
record Sample(long calls, long bad, Duration window, Cost cost) {
  double callsPerSecond() {
    return calls * 1e9 / window.toNanos();
  }

  /** CPU seconds that 10,000 calls cost the process in the middle. */
  double proxyCpuPerTenThousand() {
    return seconds(cost.proxy());
  }

  /** The same for the server at the end of the road. */
  double originCpuPerTenThousand() {
    return seconds(cost.origin());
  }

  /** The same for the generator. */
  double generatorCpuPerTenThousand() {
    return seconds(cost.generator());
  }

  private double seconds(Duration spent) {
    return calls == 0 ? 0 : spent.toNanos() / 1e9 * 10_000 / calls;
  }
}
