package dev.turnpike.assembly;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.flags.LaneLimits;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which lane the process is, and where the other one is.
 *
 * @param experimental whether it is the experimental lane of others
 * @param elsewhere the process that is its experimental lane; empty: it has its own
 */
record LaneSettings(boolean experimental, Optional<URI> elsewhere) {
  /** Those that are set; the start is refused where they do not go together. */
  static LaneSettings of(ProcessConfig config) {
    boolean experimental =
        config
            .lane()
            .map(word ->
                switch (word.strip()) {
                  case "experimental" -> true;
                  case "stable" -> false;
                  default ->
                      throw StartRefused.because(
                          "turnpike.lane: expected stable or experimental, found '" + word + "'");
                })
            .orElse(false);
    Optional<URI> elsewhere = config.laneUrl().map(LaneSettings::url);
    if (experimental && elsewhere.isPresent()) {
      throw StartRefused.because(
          "turnpike.lane.url: a process of the experimental lane sends nothing on");
    }
    if ((experimental || elsewhere.isPresent()) && config.keysFile().isEmpty()) {
      throw StartRefused.because(
          "turnpike.keys-file: the processes of both lanes need the same keys, to say to each other"
              + " who calls: set it for both (turnpike key makes a line)");
    }
    return new LaneSettings(experimental, elsewhere);
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text.strip());
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw StartRefused.because(
        "turnpike.lane.url: expected a URL such as http://turnpike-experimental:8080");
  }

  /** What flags say here: who comes from the other lane was let in there. */
  Trials.Switchable flags(Trials.Switchable own) {
    return experimental ? new LetIn(own) : own;
  }

  private record LetIn(Trials.Switchable own) implements Trials.Switchable {
    @Override
    public boolean isOn(String flag, Caller caller, String endpoint) {
      return true;
    }

    @Override
    public Optional<LaneLimits> limitsOf(String flag) {
      return own.limitsOf(flag);
    }

    @Override
    public boolean isTripped(String flag) {
      return own.isTripped(flag);
    }
  }

  /** What a gateway of this lane serves besides what was released, or instead of it. */
  Experiments experiments(Trials trials, Supplier<Gateway> gateway, ExchangeListener listener) {
    return experimental
        ? Experiments.behind(_ -> new LaneDoor(trials.pass(), trials, gateway, listener))
        : Experiments.aside(List.of(), trials);
  }
}
