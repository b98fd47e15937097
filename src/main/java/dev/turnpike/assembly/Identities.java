package dev.turnpike.assembly;

import dev.turnpike.identify.BearerKeys;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.KnownTokens;
import dev.turnpike.identify.Rejections;
import dev.turnpike.identify.Tokens;
import dev.turnpike.identify.Workloads;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Turns the settings of identity into how callers are known, or says which cannot be used. */
final class Identities {
  private static final int MOST_TOKENS = 10_000;
  private static final Tokens NOBODY =
      _ -> CompletableFuture.failedFuture(new Tokens.NotVouched("is no key of the file"));

  private Identities() {}

  /** Those whom clients get tokens from, and what verifies these. */
  record Issuing(Tokens tokens, List<String> servers) {}

  /**
   * @throws IllegalArgumentException where a setting cannot be used, in words for the operator
   */
  static Identity of(
      ProcessConfig.Identity config,
      URI publicUrl,
      Optional<Issuing> issuing,
      Optional<? extends Supplier<BearerKeys>> keys,
      Rejections rejections,
      InstantSource wall) {
    if (keys.isPresent() && config.audiencePerEndpoint()) {
      throw new IllegalArgumentException(
          "turnpike.identity.keys-file: a key is for all endpoints, and"
              + " turnpike.identity.audience-per-endpoint wants none that is");
    }
    Issuer.ClaimPaths paths =
        new Issuer.ClaimPaths(config.claims().tenant(), config.claims().groups());
    Optional<Tokens> issued =
        issuing.map(known -> new KnownTokens(known.tokens(), wall, MOST_TOKENS));
    Optional<Tokens> tokens =
        keys.<Tokens>map(held ->
                BearerKeys.before(issued.orElse(NOBODY), held, base(publicUrl), paths, wall))
            .or(() -> issued);
    return new Identity(
        workloads(config, rejections),
        tokens.map(known ->
            new Issuer(
                known,
                issuing.map(Issuing::servers).orElse(List.of()),
                base(publicUrl),
                config.audiences().orElse(List.of()),
                config.audiencePerEndpoint(),
                paths)));
  }

  /** Without a slash at its end. */
  static String base(URI publicUrl) {
    String text = publicUrl.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static Workloads workloads(ProcessConfig.Identity config, Rejections rejections) {
    Set<String> domains = Set.copyOf(config.trustDomains());
    return switch (config.workload()) {
      case "none" -> new Workloads.Nowhere();
      case "xfcc" ->
          new Workloads.Forwarded(
              domains,
              config
                  .xfccBy()
                  .filter(by -> !by.isBlank())
                  .orElseThrow(() ->
                      new IllegalArgumentException(
                          "turnpike.identity.xfcc-by: is missing; mode xfcc believes only a header"
                              + " that names the proxy that alone reaches the port, such as"
                              + " spiffe://cluster.local/ns/gateway/sa/waypoint")),
              rejections);
      case "mtls" -> new Workloads.Certified(domains);
      case "proxy-v2" -> new Workloads.Announced(domains);
      default ->
          throw new IllegalArgumentException(
              "turnpike.identity.workload: expected none, mtls, xfcc or proxy-v2, found '"
                  + config.workload()
                  + "'");
    };
  }
}
