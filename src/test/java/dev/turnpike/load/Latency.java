package dev.turnpike.load;

import org.HdrHistogram.Histogram;

/**
 * What one open-loop measurement recorded.
 *
 * @param nanos latency of every call that was due in the window, from when it was due
 * @param lag how late the generator itself was with calls for which a connection was free; part of
 *     {@code nanos} too
 * @param bad calls whose answer was not what was asked for, or did not come
 * @param perSecond the rate that was kept
 */
record Latency(Histogram nanos, Histogram lag, long bad, double perSecond) {
  double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }

  double lagMillis(double percentile) {
    return lag.getValueAtPercentile(percentile) / 1e6;
  }
}
