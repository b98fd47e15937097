package dev.turnpike.assembly;

import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.catalog.Endpoint;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.protocol.a2a.Versions;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.McpScales;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.session.ReplayLimits;
import dev.turnpike.session.Sessions;
import dev.turnpike.tokens.Encoding;
import dev.turnpike.tokens.Reporting;
import dev.turnpike.tokens.Tokenizer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What does not change while the process runs, as values.
 *
 * @param served which revisions are served to whom; may say something else each time
 * @param called in which revisions upstreams are called; likewise
 * @param agents which versions of A2A are served to whom; likewise
 * @param exact how tokens are counted
 * @param reporting where peers report what a call used
 */
public record Settings(
    Site site,
    Bounds bounds,
    Identity identity,
    Served served,
    Called called,
    Versions agents,
    Exact exact,
    Reporting reporting,
    Supplier<KeyRing> keys) {
  /**
   * How tokens are counted.
   *
   * @param share of the time of one core that may be spent on it, from 0 to 1
   * @param patience how long the end of an exchange waits for its count
   */
  public record Exact(Tokenizer tokenizer, double share, Duration patience) {
    public static final Exact DEFAULT =
        new Exact(Encoding.named("o200k_base").orElseThrow(), 0.05, Duration.ofMillis(20));
  }

  /** As whom the process is called, and from where. */
  public record Site(URI publicUrl, List<String> allowedHosts, List<String> allowedOrigins) {}

  /**
   * What callers and upstreams may take.
   *
   * @param connections of all callers together
   * @param streamsPerCaller at one endpoint
   * @param callsPerCaller at one endpoint
   * @param inputTime for an input that is asked for in the middle of a call
   * @param answer bytes of one message of an upstream
   */
  public record Bounds(
      AcceptLimits accept,
      ScanLimits scan,
      ReplayLimits replay,
      Sessions.Limits sessions,
      int connections,
      int streamsPerCaller,
      int callsPerCaller,
      Duration connectionAge,
      Duration inputTime,
      int answer) {
    public static final Bounds DEFAULT =
        new Bounds(
            AcceptLimits.DEFAULT,
            new ScanLimits(64, 100_000),
            ReplayLimits.DEFAULT,
            Sessions.Limits.DEFAULT,
            20_000,
            256,
            5_000,
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            16 * 1024 * 1024);
  }

  public static final Settings DEFAULT =
      new Settings(
          new Site(URI.create("http://localhost:8080"), List.of(), List.of()),
          Bounds.DEFAULT,
          Identity.NONE,
          Served.RELEASED,
          Called.RELEASED,
          Versions.RELEASED,
          Exact.DEFAULT,
          McpScales.USUAL,
          ofTheProcess());

  /** Where it is said who issues tokens for the endpoint; empty where nobody does. */
  Optional<String> metadata(Endpoint endpoint) {
    return identity.issuer().filter(Issuer::issues).map(issuer -> issuer.metadataUrl(endpoint));
  }

  /** The same, within other bounds. */
  public Settings within(Bounds others) {
    return new Settings(site, others, identity, served, called, agents, exact, reporting, keys);
  }

  /** The same, knowing callers in another way. */
  public Settings knowing(Identity other) {
    return new Settings(site, bounds, other, served, called, agents, exact, reporting, keys);
  }

  /** The same, serving other revisions. */
  public Settings serving(Served other) {
    return new Settings(site, bounds, identity, other, called, agents, exact, reporting, keys);
  }

  /** The same, calling upstreams in other revisions. */
  public Settings calling(Called other) {
    return new Settings(site, bounds, identity, served, other, agents, exact, reporting, keys);
  }

  /** The same, serving other versions of A2A. */
  public Settings speaking(Versions other) {
    return new Settings(site, bounds, identity, served, called, other, exact, reporting, keys);
  }

  /** The same, counting tokens in another way. */
  public Settings counting(Exact other) {
    return new Settings(site, bounds, identity, served, called, agents, other, reporting, keys);
  }

  /** The same, hearing of what calls used in another way. */
  public Settings reporting(Reporting other) {
    return new Settings(site, bounds, identity, served, called, agents, exact, other, keys);
  }

  /** Keys that live as long as the process. */
  static Supplier<KeyRing> ofTheProcess() {
    KeyRing keys = KeyRing.random(new SecureRandom());
    return () -> keys;
  }
}
