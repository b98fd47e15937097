package dev.turnpike.load;

import java.time.Duration;

/** CPU time of the three processes on the way of a call; a reading, or a difference of two. */
record Cost(Duration proxy, Duration origin, Duration generator) {
  Cost minus(Cost before) {
    return new Cost(
        proxy.minus(before.proxy), origin.minus(before.origin), generator.minus(before.generator));
  }
}
