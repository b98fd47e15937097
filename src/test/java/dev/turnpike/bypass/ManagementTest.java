package dev.turnpike.bypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.admin.AdminRoutes;
import dev.turnpike.admin.InForce;
import dev.turnpike.admin.LoopbackOnly;
import dev.turnpike.admin.Sources;
import dev.turnpike.audit.Deed;
import dev.turnpike.audit.TrailQuery;
import dev.turnpike.testkit.AdminPort;
import dev.turnpike.testkit.NoFlags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that come to the management port from elsewhere, by way of somebody on this machine. */
class ManagementTest {
  private static final String HERE = "Host: localhost:9000";
  private static final List<String> LINES =
      List.of(
          "GET /admin/config",
          "GET /admin/audit",
          "GET /admin/usage",
          "GET /admin",
          "POST /admin/explain");
  private static final List<String> FORWARDED =
      List.of(
          "Forwarded: for=192.0.2.1",
          "Forwarded: for=127.0.0.1;host=localhost",
          "FORWARDED: for=_hidden",
          "X-Forwarded-For: 127.0.0.1",
          "X-Forwarded-For:",
          "x-forwarded-host: localhost",
          "X-Forwarded-Proto: https",
          "X-Forwarded-Prefix: /admin",
          "X-Forwarded-Client-Cert: URI=spiffe://cluster.local/ns/a/sa/b",
          "X-Real-IP: 127.0.0.1",
          "x-real-ip: ::1",
          "Via: 1.1 proxy");

  private static final List<Deed> trail = new CopyOnWriteArrayList<>();
  private static AdminPort port;

  @BeforeAll
  static void open() throws Exception {
    port =
        new AdminPort(
            new AdminRoutes(
                new LoopbackOnly(),
                new Sources(
                    (by, from, to) -> {
                      throw new IllegalStateException("asked");
                    },
                    () -> new InForce("secret", Instant.EPOCH, List.of(), Optional.empty()),
                    List::of,
                    () -> "{\"secret\":1}",
                    _ -> Optional.empty(),
                    (_, _) -> new TrailQuery(List.of("{\"secret\":1}"), false),
                    new NoFlags(),
                    "{\"secret\":1}"),
                trail::add,
                () -> Instant.EPOCH));
  }

  @AfterAll
  static void close() throws Exception {
    port.close();
  }

  private record Knock(String line, List<String> headers) {
    @Override
    public String toString() {
      return line + " with " + headers;
    }
  }

  static List<Knock> knocks() {
    List<Knock> all = new ArrayList<>();
    for (String line : LINES) {
      FORWARDED.forEach(header -> all.add(new Knock(line, List.of(HERE, header))));
    }
    for (String host :
        List.of(
            "evil.example",
            "localhost.evil.example",
            "localhost@evil.example",
            "evil.example:9000",
            "127.0.0.1.evil.example",
            "0x7f.1",
            "2130706433",
            "localhost.",
            "")) {
      all.add(new Knock("GET /admin/config", List.of("Host: " + host)));
    }
    all.add(new Knock("GET /admin/config", List.of()));
    all.add(new Knock("GET /admin/config", List.of(HERE, "Host: evil.example")));
    all.add(new Knock("GET http://evil.example/admin/config", List.of("Host: evil.example")));
    for (String origin :
        List.of("https://evil.example", "null", "http://localhost.evil.example", "file://")) {
      all.add(new Knock("GET /admin/config", List.of(HERE, "Origin: " + origin)));
    }
    for (String path :
        List.of("/%61dmin/config", "//admin/config", "/admin/./config", "/q/../admin/config")) {
      all.add(new Knock("GET " + path, List.of(HERE, "X-Forwarded-For: 192.0.2.1")));
    }
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("knocks")
  void isTurnedAwayAndWrittenDown(Knock knock) throws Exception {
    trail.clear();
    String answer = port.ask(knock.line(), knock.headers().toArray(String[]::new));
    assertThat(answer).doesNotStartWith("HTTP/1.1 2").doesNotContain("secret");
    if (answer.startsWith("HTTP/1.1 403")) {
      assertThat(trail).singleElement().extracting(Deed::toString).asString().contains("refused");
    }
  }

  @Test
  void thisMachineItselfIsAnswered() throws Exception {
    assertThat(port.ask("GET /admin/config", HERE)).startsWith("HTTP/1.1 200").contains("secret");
    assertThat(port.ask("GET /admin/audit", "Host: 127.0.0.1")).startsWith("HTTP/1.1 200");
  }
}
