package dev.turnpike.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.audit.TrailQuery;
import dev.turnpike.testkit.AdminPort;
import dev.turnpike.testkit.NoFlags;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private static final String TOKEN = "a-token-of-some-length";
  private static final String LOCAL = "Host: localhost:9000";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:9000", "LOCALHOST:9000", "127.0.0.1", "[::1]:9000"})
  void thisMachineMayAskByItsNames(String host) throws Exception {
    assertThat(ask(new LoopbackOnly(), "Host: " + host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:9000",
        "localhost.",
        "10.0.0.1"
      })
  void anotherNameIsRefusedWithTheReason(String host) throws Exception {
    assertThat(ask(new LoopbackOnly(), "Host: " + host))
        .startsWith("HTTP/1.1 403")
        .contains("\"error\"")
        .contains("token-file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded: for=1.2.3.4",
        "X-Forwarded-For: 127.0.0.1",
        "x-forwarded-host: localhost",
        "X-Real-IP: 127.0.0.1",
        "Via: 1.1 proxy"
      })
  void aForwardedRequestIsRefusedWithTheReason(String header) throws Exception {
    assertThat(ask(new LoopbackOnly(), LOCAL, header))
        .startsWith("HTTP/1.1 403")
        .contains("forwarded");
  }

  @Test
  void twoHostsAreRefused() throws Exception {
    for (String other : new String[] {"evil.example", "localhost", "localhost:9000"}) {
      assertThat(ask(new LoopbackOnly(), LOCAL, "Host: " + other)).doesNotStartWith("HTTP/1.1 200");
    }
  }

  @Test
  void aPageOfAnotherSiteIsRefusedAndOneOfThisMachineIsNot() throws Exception {
    assertThat(ask(new LoopbackOnly(), LOCAL, "Origin: https://evil.example"))
        .startsWith("HTTP/1.1 403");
    assertThat(ask(new LoopbackOnly(), LOCAL, "Origin: null")).startsWith("HTTP/1.1 403");
    assertThat(ask(new LoopbackOnly(), LOCAL, "Origin: http://localhost:9000"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aStrangerDoesNotEvenLearnWhatThereIs() throws Exception {
    try (AdminPort port = port(new LoopbackOnly())) {
      assertThat(port.ask("GET /admin/nothing", "Host: evil.example"))
          .startsWith("HTTP/1.1 403")
          .doesNotContain("/admin/usage");
      assertThat(port.ask("POST /admin/usage", "Host: evil.example", "Content-Length: 0"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.7",
        "192.0.2.1",
        "::ffff:192.0.2.1",
        "fe80::1",
        "0.0.0.0",
        "128.0.0.1",
        ""
      })
  void whoeverIsElsewhereIsRefusedWhateverTheyCallThisMachine(String address) {
    assertThat(from(address)).isInstanceOf(Guard.Entry.Rebuff.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "::1", "::ffff:127.0.0.1"})
  void whoeverIsOnThisMachineIsNot(String address) {
    assertThat(from(address)).isInstanceOf(Guard.Entry.Admitted.class);
  }

  // no test may listen on an address that others reach
  private static Guard.Entry from(String address) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Host", "localhost:9000");
    HttpConnection connection =
        fake(
            HttpConnection.class,
            Map.of(
                "remoteAddress",
                address.isEmpty()
                    ? SocketAddress.domainSocketAddress("/here")
                    : SocketAddress.inetSocketAddress(5_000, address)));
    HttpServerRequest request =
        fake(
            HttpServerRequest.class,
            Map.of(
                "connection",
                connection,
                "headers",
                headers,
                "authority",
                HostAndPort.create("localhost", 9_000)));
    return new LoopbackOnly().check(request, Guard.Act.READ).result();
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            GuardTest.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> answers.get(method.getName())));
  }

  @Test
  void theTokenLetsInFromElsewhere() throws Exception {
    String[] from = {
      "Host: gateway.example", "X-Forwarded-For: 10.0.0.1", "Authorization: bearer " + TOKEN
    };
    assertThat(ask(token(TOKEN + "\n"), from)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-None: 1",
        "Authorization: Bearer",
        "Authorization: Bearer a-token-of-some-lengt",
        "Authorization: Bearer a-token-of-some-lengthX",
        "Authorization: Basic a-token-of-some-length",
        "Authorization: Bearer a-token-of-some-length\r\nAuthorization: Bearer x"
      })
  void noTokenOrAWrongOneIsUnauthorizedAlsoOnThisMachine(String header) throws Exception {
    assertThat(ask(token(TOKEN), LOCAL, header))
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase("WWW-Authenticate: Bearer")
        .doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "two lines of a\ntoken-file-by-mistake"})
  void aFileWithoutAUsableTokenIsRefusedByName(String content) {
    assertThatThrownBy(() -> token(content))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("turnpike.admin.token-file")
        .hasMessageContaining("token.txt");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> BearerToken.from(folder.resolve("nothing")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read");
  }

  private BearerToken token(String content) throws Exception {
    return BearerToken.from(Files.writeString(folder.resolve("token.txt"), content));
  }

  private static String ask(Guard guard, String... headers) throws Exception {
    try (AdminPort port = port(guard)) {
      return port.ask("GET /admin/config", headers);
    }
  }

  private static AdminPort port(Guard guard) throws Exception {
    return new AdminPort(
        new AdminRoutes(
            guard,
            new Sources(
                (by, from, to) -> {
                  throw new IllegalStateException("not asked");
                },
                () -> new InForce("f", Instant.EPOCH, List.of(), Optional.empty()),
                List::of,
                () -> "{}",
                _ -> Optional.empty(),
                (_, _) -> new TrailQuery(List.of(), false),
                new NoFlags(),
                "{}"),
            _ -> {},
            () -> Instant.EPOCH));
  }
}
