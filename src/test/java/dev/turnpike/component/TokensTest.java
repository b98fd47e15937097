package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.Tokens;
import dev.turnpike.identify.Workloads;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of streams when tokens do; a real issuer is asked elsewhere. */
class TokensTest {
  private static final String HERE = "http://localhost:8080";

  private final FakeUpstream up = FakeUpstream.modern();
  private volatile Instant expires = Instant.now().plusSeconds(3_600);
  private final Road road =
      Road.serving(
          Road.open("one", up.url()).replace(", anonymous: true", ""),
          Settings.DEFAULT.knowing(
              new Identity(
                  new Workloads.Nowhere(),
                  Optional.of(
                      new Issuer(
                          this::verified,
                          List.of("https://issuer"),
                          HERE,
                          List.of(),
                          false,
                          Issuer.ClaimPaths.DEFAULT)))));

  private CompletableFuture<Tokens.Vouched> verified(String token) {
    return CompletableFuture.completedFuture(
        new Tokens.Vouched(
            Map.of("sub", token, "aud", HERE, "exp", expires.getEpochSecond()), expires));
  }

  @AfterEach
  void end() {
    road.settle();
    road.close();
    up.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStreamEndsWithTheTokenThatItWasOpenedWith(boolean modern) {
    RawRequest listen =
        modern
            ? RawRequest.modern(
                "one", "5", "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}")
            : RawRequest.get("one", session());
    up.on(
        "subscriptions/listen",
        Scripts.hangInStream(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                + "\"params\":{\"notifications\":{\"toolsListChanged\":true},\"_meta\":{}}}"));
    expires = Instant.now().plusSeconds(3);
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(listen.with("Authorization", "Bearer ann")).head();
      assertThat(caller.status()).isEqualTo(200);
      caller.rest();
      // a token says its end in whole seconds
      assertThat(Instant.now()).isAfterOrEqualTo(expires.minusSeconds(1));
    }
    assertThat(RawCaller.ask(road, listen.with("Authorization", "Bearer ann")).status())
        .isEqualTo(401);
    expires = Instant.now().plusSeconds(3_600);
    if (!modern) {
      RawCaller.ask(road, listen.method("DELETE").with("Authorization", "Bearer ann"));
    }
  }

  private String session() {
    return String.valueOf(
        RawCaller.ask(
                road,
                RawRequest.post(
                        "one",
                        RawRequest.legacyBody(
                            "0",
                            "initialize",
                            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}"))
                    .with("Authorization", "Bearer ann"))
            .fields()
            .first("mcp-session-id"));
  }
}
