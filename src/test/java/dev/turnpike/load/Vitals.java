package dev.turnpike.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must not grow, at one moment.
 *
 * @param heapKib in use after a full collection
 * @param threads of the process
 * @param descriptors open
 * @param residentKib of memory, buffers outside the heap among them
 */
record Vitals(double heapKib, double threads, double descriptors, double residentKib) {
  static Vitals of(Child child) throws IOException, InterruptedException {
    double heap = child.heapKib().orElseThrow(() -> new IOException("no heap to be seen"));
    Path process = Path.of("/proc", Long.toString(child.pid()));
    List<String> status = Files.readAllLines(process.resolve("status"));
    double threads =
        status.stream()
            .filter(line -> line.startsWith("Threads:"))
            .mapToDouble(line -> Double.parseDouble(line.substring(8).strip()))
            .sum();
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return new Vitals(heap, threads, open.count(), child.residentKib().orElse(0));
    }
  }
}
