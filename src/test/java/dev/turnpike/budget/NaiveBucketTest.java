package dev.turnpike.budget;

import java.time.Duration;

class NaiveBucketTest extends BucketContract {
  @Override
  Counter bucket(Duration window, long nanos) {
    return new NaiveBucket(window, nanos);
  }
}
