package dev.turnpike.assembly;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.audit.Trail;
import dev.turnpike.config.Sizes;
import dev.turnpike.identify.Rejections;
import dev.turnpike.protocol.a2a.Versions;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.seal.KeyFile;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.session.ReplayLimits;
import dev.turnpike.session.Sessions;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns the settings of the process into values, or says which one cannot be used. */
final class Configuration {
  private static final long OWN_FILES = 128;
  private static final long REPLAY_BYTES = 4L * 1024 * 1024;

  private Configuration() {}

  static Settings settings(
      ProcessConfig config,
      int httpPort,
      Optional<Identities.Issuing> issuing,
      Optional<BearerKeyFile> bearerKeys,
      Served served,
      Called called,
      Versions agents,
      Rejections rejections) {
    URI publicUrl = publicUrl(config.publicUrl().orElse("http://localhost:" + httpPort));
    return new Settings(
        new Settings.Site(
            publicUrl,
            config.allowedHosts().orElse(List.of()),
            config.allowedOrigins().orElse(List.of())),
        bounds(config.limits()),
        Identities.of(
            config.identity(), publicUrl, issuing, bearerKeys, rejections, InstantSource.system()),
        served,
        called,
        agents,
        TokenSettings.exact(config.tokens()),
        TokenSettings.reporting(config.tokens().usage()),
        config
            .keysFile()
            .<Supplier<KeyRing>>map(Configuration::keys)
            .orElseGet(Settings::ofTheProcess));
  }

  /** Begins to write the audit trail. Blocks. */
  static Trail trail(ProcessConfig config) {
    return new Trail(
        Path.of(config.data()).resolve("audit"),
        bytes("turnpike.audit.file-size", config.audit().fileSize()),
        new TrailLog(),
        InstantSource.system());
  }

  private static Settings.Bounds bounds(ProcessConfig.Limits limits) {
    AcceptLimits standard = AcceptLimits.DEFAULT;
    return new Settings.Bounds(
        new AcceptLimits(
            bytes("turnpike.limits.body", limits.body()),
            positive("turnpike.limits.head-time", limits.headTime()),
            positive("turnpike.limits.body-time", limits.bodyTime()),
            standard.stalled(),
            standard.queued(),
            standard.keepAlive(),
            room(limits, standard.room())),
        new ScanLimits(
            count("turnpike.limits.depth", limits.depth()),
            count("turnpike.limits.members", limits.members())),
        new ReplayLimits(limits.replay(), REPLAY_BYTES, limits.replayAge()),
        new Sessions.Limits(
            limits.sessionIdle(),
            limits.sessions(),
            count("turnpike.limits.sessions-per-caller", limits.sessionsPerCaller()),
            limits.sessions()),
        count(
            "turnpike.limits.connections",
            limits
                .connections()
                .orElseGet(() -> connections(Settings.Bounds.DEFAULT.connections()))),
        count("turnpike.limits.streams-per-caller", limits.streamsPerCaller()),
        count("turnpike.limits.calls-per-caller", limits.callsPerCaller()),
        positive("turnpike.limits.connection-age", limits.connectionAge()),
        positive("turnpike.limits.input-time", limits.inputTime()),
        bytes("turnpike.limits.answer", limits.answer()));
  }

  // each call may need a connection to its upstream, too, and the process itself some files
  private static int connections(int most) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.clamp((unix.getMaxFileDescriptorCount() - OWN_FILES) / 2, 1, most)
        : most;
  }

  private static AcceptLimits.Room room(ProcessConfig.Limits limits, AcceptLimits.Room standard) {
    return new AcceptLimits.Room(
        count("turnpike.limits.exchanges", limits.exchanges()),
        limits
            .bodies()
            .map(text -> (long) bytes("turnpike.limits.bodies", text))
            .orElse(standard.bodies()),
        positive("turnpike.limits.lateness", limits.lateness()),
        standard.lateFor());
  }

  private static KeyFile keys(String path) {
    try {
      return KeyFile.open(Path.of(path));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "turnpike.keys-file: " + path + ": " + wrong.getMessage(), wrong);
    }
  }

  private static URI publicUrl(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException _) {
      // told below
    }
    throw new IllegalArgumentException(
        "turnpike.public-url: expected http(s)://host[:port], found '" + text + "'");
  }

  private static Duration positive(String key, Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException(key + ": must be more than 0, found " + time);
    }
    return time;
  }

  private static int count(String key, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(key + ": must be 1 or more, found " + number);
    }
    return number;
  }

  static int bytes(String key, String text) {
    long size =
        Sizes.parse(text)
            .orElseThrow(() -> new IllegalArgumentException(key + ": expected " + Sizes.EXPECTED));
    if (size < 1 || size > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(key + ": must be between 1B and 1GiB");
    }
    return (int) size;
  }
}
