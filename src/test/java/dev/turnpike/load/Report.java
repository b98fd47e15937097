package dev.turnpike.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The figures, for people and for machines. */
final class Report {
  private static final String MEANING =
      """

      calls per second   as fast as answers come back, every connection busy (closed loop)
      latency            at the fixed rate, from when a call was due to when its answer was whole
                         (open loop: a stall counts for every call that it delayed); it includes
                         how late the generator itself was, which is the same for every column
      CPU                seconds that 10,000 calls cost the process in the middle, all its threads,
                         measured while the closed loop ran
      resident memory    of the process in the middle after all rounds, and the most it ever was
      live heap          of the same, after a full collection
      direct             no proxy: what generator and origin alone can do on this machine
      streaming          bare Vert.x proxy that pipes bodies both ways and looks at nothing
      buffering          the same, but with whole bodies
      threads            as buffering, but blocking code on a virtual thread for each request
      nginx, haproxy     from Debian, as they come, where they are installed
      turnpike           revision 2026-07-28, packaged application, everything on the road
      other              another build, given with -Dload.other, as turnpike
      legacy             the same process, revision 2025-11-25, a session for each connection
      up                 the same process, a caller of 2026-07-28 at an upstream with sessions
      down               the same process, a caller with sessions at an upstream of 2026-07-28
      Each figure is the median of the rounds, with the least and the most below it. The columns of
      one round were measured one after the other; comparisons are made within a round.
      """;

  private final Plan plan;
  private final List<Subject> subjects;
  private final double rate;
  private final Subject floor;
  private final Optional<Strain> strain;
  private final Optional<StartUp> startUp;
  private final Optional<Many> many;
  private final Optional<Callers> callers;

  Report(
      Plan plan,
      List<Subject> subjects,
      double rate,
      Optional<Strain> strain,
      Optional<StartUp> startUp,
      Optional<Many> many,
      Optional<Callers> callers) {
    this.many = many;
    this.callers = callers;
    this.strain = strain;
    this.startUp = startUp;
    this.plan = plan;
    this.subjects = List.copyOf(subjects);
    this.rate = rate;
    this.floor = Comparison.floor(subjects);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """

        Load profile: tools/call, 1 KiB each way, %d connections, %d rounds of %d s
        %d processors shared by all, Java %s, -Xmx%s each%s

        """
            .formatted(
                plan.connections(),
                plan.rounds(),
                plan.seconds(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                plan.heap(),
                plan.jfr() ? ", Turnpike under the flight recorder: do not compare" : ""));
    text.append("%-24s".formatted(""));
    subjects.forEach(subject -> text.append("%17s".formatted(subject.name())));
    text.append('\n');
    row(text, "calls per second", "%,.0f", figures -> figures.callsPerSecond);
    String at = " at %,.0f/s, ms".formatted(rate);
    row(text, "p50" + at, "%.2f", figures -> figures.p50Millis);
    row(text, "p99" + at, "%.2f", figures -> figures.p99Millis);
    row(text, "CPU s per 10,000 calls", "%.2f", figures -> figures.proxyCpu);
    row(text, "resident memory, MiB", "%.0f", figures -> figures.residentMib);
    row(text, "  at most", "%.0f", figures -> figures.peakMib);
    row(text, "live heap, MiB", "%.1f", figures -> figures.heapMib);
    bars(text);
    bridges(text);
    strain.ifPresent(measured -> text.append(measured.text()));
    startUp.ifPresent(measured -> text.append(measured.text()));
    many.ifPresent(measured -> text.append(measured.text()));
    callers.ifPresent(measured -> text.append(measured.text()));
    subjects.stream()
        .filter(subject -> subject.figures().bad() > 0)
        .forEach(subject ->
            text.append(
                "\nNOT VALID: %,d answers of %s were not what was asked for."
                    .formatted(subject.figures().bad(), subject.name())));
    return text.append(MEANING).toString();
  }

  private void bars(StringBuilder text) {
    Optional<Subject> turnpike = named("turnpike");
    if (turnpike.isEmpty()) {
      return;
    }
    text.append("\nturnpike against the faster bare proxy (%s):\n".formatted(floor.name()));
    for (Comparison bar : Comparison.of(turnpike.get().figures(), floor.figures())) {
      text.append(
          "  %-30s%6.2f  (%.2f to %.2f)  bar: %s %.2f  %s\n"
              .formatted(
                  bar.what(),
                  bar.figure().median(),
                  bar.figure().least(),
                  bar.figure().most(),
                  bar.atLeast() ? "at least" : "at most",
                  bar.wanted(),
                  bar.verdict()));
    }
  }

  private void bridges(StringBuilder text) {
    bridge(text, "up", "turnpike");
    bridge(text, "down", "legacy");
  }

  // against the same caller before a server of its own era, within each round
  private void bridge(StringBuilder text, String name, String same) {
    if (named(name).isEmpty() || named(same).isEmpty()) {
      return;
    }
    List<Double> bridged = named(name).get().figures().p50Millis.values();
    List<Double> plain = named(same).get().figures().p50Millis.values();
    Series ratio = new Series();
    for (int round = 0; round < Math.min(bridged.size(), plain.size()); round++) {
      ratio.add(bridged.get(round) / plain.get(round));
    }
    text.append(
        "  p50 of %-5s of that of %-9s %6.2f  (%.2f to %.2f)  bar: at most 1.50\n"
            .formatted(name + ",", same, ratio.median(), ratio.least(), ratio.most()));
  }

  private Optional<Subject> named(String name) {
    return subjects.stream().filter(subject -> subject.name().equals(name)).findFirst();
  }

  private void row(
      StringBuilder text, String title, String format, Function<Figures, Series> member) {
    StringBuilder spread = new StringBuilder("%-24s".formatted(""));
    text.append("%-24s".formatted(title));
    for (Subject subject : subjects) {
      Series series = member.apply(subject.figures());
      boolean shown = !series.isEmpty() && !(series.most() == 0);
      text.append("%17s".formatted(shown ? format.formatted(series.median()) : "-"));
      spread.append(
          "%17s"
              .formatted(
                  shown && series.values().size() > 1
                      ? format.formatted(series.least()) + "-" + format.formatted(series.most())
                      : ""));
    }
    text.append('\n');
    if (!spread.toString().isBlank()) {
      text.append(spread.toString().stripTrailing()).append('\n');
    }
  }

  String json() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("java", Runtime.version().toString());
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("rounds", plan.rounds()).put("seconds", plan.seconds());
    startUp.ifPresent(figures -> {
      ObjectNode node = root.putObject("firstAnswerMillis");
      put(node, "turnpike", figures.turnpike());
      put(node, "bare", figures.bare());
    });
    root.put("connections", plan.connections()).put("heap", plan.heap());
    root.put("flightRecorder", plan.jfr());
    root.put("fixedRate", rate).put("floor", floor.name());
    ObjectNode measured = root.putObject("subjects");
    for (Subject subject : subjects) {
      ObjectNode node = measured.putObject(subject.name());
      members(subject.figures()).forEach((name, series) -> put(node, name, series));
      node.put("badAnswers", subject.figures().bad());
    }
    callers.ifPresent(figures -> {
      ObjectNode node = root.putObject("callers");
      put(node, "knownOfAnonymous", figures.knownOfAnonymous());
      node.put("p99MillisOfTenRules", Many.millis(figures.few(), 99));
      node.put("p99MillisOfAThousandRules", Many.millis(figures.many(), 99));
    });
    many.ifPresent(figures -> {
      ObjectNode node = root.putObject("manyUpstreams");
      put(node, "listOfStatic", figures.listOfStatic());
      node.put("p99MillisOfOneUpstream", Many.millis(figures.one(), 99));
      node.put("p99MillisOfManyUpstreams", Many.millis(figures.narrow(), 99));
      node.put("p99MillisOfManyTools", Many.millis(figures.wide(), 99));
    });
    strain.ifPresent(figures -> root.putPOJO("strain", figures));
    named("turnpike")
        .ifPresent(turnpike -> {
          ObjectNode bars = root.putObject("bars");
          for (Comparison bar : Comparison.of(turnpike.figures(), floor.figures())) {
            ObjectNode node = bars.putObject(bar.what());
            put(node, "figure", bar.figure());
            node.put(bar.atLeast() ? "atLeast" : "atMost", bar.wanted());
            node.put("met", bar.met());
          }
        });
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static Map<String, Series> members(Figures figures) {
    return new TreeMap<>(
        Map.of(
            "callsPerSecond", figures.callsPerSecond,
            "cpuSecondsPerTenThousandCalls", figures.proxyCpu,
            "originCpuSecondsPerTenThousandCalls", figures.originCpu,
            "generatorCpuSecondsPerTenThousandCalls", figures.generatorCpu,
            "p50Millis", figures.p50Millis,
            "p99Millis", figures.p99Millis,
            "p999Millis", figures.p999Millis,
            "generatorLagP99Millis", figures.generatorLagP99Millis,
            "residentMib", figures.residentMib,
            "heapMib", figures.heapMib));
  }

  private static void put(ObjectNode node, String name, Series series) {
    if (series.isEmpty()) {
      return;
    }
    ObjectNode figure = node.putObject(name);
    figure.put("median", series.median()).put("least", series.least()).put("most", series.most());
    List<Double> values = new ArrayList<>(series.values());
    values.forEach(figure.putArray("rounds")::add);
  }
}
