package dev.turnpike.load;

/** What was measured of one subject. Filled by one thread. */
final class Figures {
  final Series callsPerSecond = new Series();
  final Series proxyCpu = new Series();
  final Series originCpu = new Series();
  final Series generatorCpu = new Series();
  final Series p50Millis = new Series();
  final Series p99Millis = new Series();
  final Series p999Millis = new Series();
  final Series generatorLagP99Millis = new Series();
  final Series residentMib = new Series();
  final Series peakMib = new Series();
  final Series heapMib = new Series();
  private long bad;

  void add(Sample sample) {
    callsPerSecond.add(sample.callsPerSecond());
    proxyCpu.add(sample.proxyCpuPerTenThousand());
    originCpu.add(sample.originCpuPerTenThousand());
    generatorCpu.add(sample.generatorCpuPerTenThousand());
    bad += sample.bad();
  }

  void add(Latency latency) {
    p50Millis.add(latency.millis(50));
    p99Millis.add(latency.millis(99));
    p999Millis.add(latency.millis(99.9));
    generatorLagP99Millis.add(latency.lagMillis(99));
    bad += latency.bad();
  }

  /** Reads the memory of the process in the middle; collects its garbage first. */
  void addMemoryOf(Child process) throws InterruptedException {
    process.residentKib().ifPresent(kib -> residentMib.add(kib / 1024.0));
    process.peakKib().ifPresent(kib -> peakMib.add(kib / 1024.0));
    process.heapKib().ifPresent(kib -> heapMib.add(kib / 1024.0));
  }

  /** Answers that were not what was asked for: the figures mean nothing unless this is 0. */
  long bad() {
    return bad;
  }
}
