package dev.turnpike.assembly;

import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.session.ReplayLimits;
import dev.turnpike.session.Sessions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What does not change while the process runs, as values. */
public record Settings(
    URI publicUrl,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    AcceptLimits accept,
    ScanLimits scan,
    ReplayLimits replay,
    Sessions.Limits sessions,
    int connections,
    int streamsPerCaller,
    int callsPerCaller,
    Duration connectionAge,
    Duration inputTime,
    int answer,
    boolean httpSse,
    Supplier<KeyRing> keys) {
  public static final Settings DEFAULT =
      new Settings(
          URI.create("http://localhost:8080"),
          List.of(),
          List.of(),
          AcceptLimits.DEFAULT,
          new ScanLimits(64, 100_000),
          ReplayLimits.DEFAULT,
          Sessions.Limits.DEFAULT,
          20_000,
          256,
          5_000,
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          16 * 1024 * 1024,
          false,
          ofTheProcess());

  /** Keys that live as long as the process. */
  static Supplier<KeyRing> ofTheProcess() {
    KeyRing keys = KeyRing.random(new SecureRandom());
    return () -> keys;
  }
}
