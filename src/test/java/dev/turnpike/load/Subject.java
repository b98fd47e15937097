package dev.turnpike.load;

import java.util.List;
import java.util.Optional;

/**
 * One way from the generator to the origin, and what was measured on it.
 *
 * @param process the process in the middle; none on the direct way
 * @param port where the calls are sent
 * @param calls one for each connection
 */
record Subject(
    String name, Optional<Child> process, int port, List<ToolCall> calls, Figures figures) {

  Subject(String name, Optional<Child> process, int port, List<ToolCall> calls) {
    this(name, process, port, List.copyOf(calls), new Figures());
  }
}
