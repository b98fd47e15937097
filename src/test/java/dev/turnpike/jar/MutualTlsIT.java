package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.testkit.Certificates;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.KeycloakServer;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that show a certificate, good ones and others. */
class MutualTlsIT {
  private static final String SERVER =
      "dns:localhost,ip:127.0.0.1,uri:spiffe://cluster.local/ns/gateway/sa/turnpike";

  @TempDir private static Path folder;
  private static Certificates mesh;
  private static FakeUpstream up;
  private static Jar jar;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    mesh = new Certificates(folder.resolve("mesh"));
    Path own = folder.resolve("own.p12");
    Files.copy(mesh.issue(SERVER), own);
    up = FakeUpstream.modern();
    port = KeycloakServer.free();
    jar =
        Jar.start(
                folder,
                Map.of("TURNPIKE_CONFIG", WorkloadFile.in(folder, up)),
                List.of(
                    "-Dturnpike.identity.workload=mtls",
                    "-Dquarkus.http.ssl-port=" + port,
                    "-Dquarkus.http.tls-configuration-name=mesh",
                    "-Dquarkus.tls.mesh.key-store.p12.path=" + own,
                    "-Dquarkus.tls.mesh.key-store.p12.password=" + Certificates.PASSWORD,
                    "-Dquarkus.tls.mesh.trust-store.p12.path=" + mesh.trust(),
                    "-Dquarkus.tls.mesh.trust-store.p12.password=" + Certificates.PASSWORD,
                    "-Dquarkus.tls.mesh.reload-period=1s"))
            .ready();
  }

  @AfterAll
  static void end() {
    try (FakeUpstream _ = up;
        Jar _ = jar) {
      assertThat(folder).exists();
    }
  }

  private static RawRequest echo(String endpoint) {
    return RawRequest.call(endpoint, "7", "echo", "{}").replaced("Host", "localhost");
  }

  private static SSLSocket connect(SSLContext client, String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return socket;
  }

  private static RawAnswer ask(SSLContext client, RawRequest request) throws IOException {
    try (RawCaller caller = RawCaller.over(connect(client))) {
      return caller.send(request).answer();
    }
  }

  private static SSLContext of(String names, String... options) {
    return mesh.client(mesh.issue(names, options));
  }

  @Test
  void aProgramIsKnownByItsCertificate() throws IOException {
    RawAnswer answer = ask(of("uri:" + WorkloadFile.PLANNER), echo("known"));
    assertThat(answer.json().has("result")).as(answer.text()).isTrue();
    assertThat(ask(of("uri:spiffe://cluster.local/ns/agents/sa/other"), echo("known")).code())
        .isEqualTo(-32602);
  }

  @Test
  void withoutOneItIsNobody() throws IOException {
    assertThat(ask(mesh.client(), echo("known")).status()).isEqualTo(401);
    assertThat(ask(mesh.client(), echo("open")).json().has("result")).isTrue();
    RawRequest forged =
        echo("known").with("X-Forwarded-Client-Cert", "URI=" + WorkloadFile.PLANNER);
    assertThat(ask(mesh.client(), forged).status()).isEqualTo(401);
  }

  @Test
  void aCertificateThatNamesNoProgramOfHereIsNeverTakenForNone() throws IOException {
    for (String names :
        List.of(
            "uri:spiffe://elsewhere/ns/agents/sa/planner",
            "dns:planner",
            "",
            "uri:" + WorkloadFile.PLANNER + ",uri:spiffe://cluster.local/ns/agents/sa/other",
            "uri:" + WorkloadFile.PLANNER + ",uri:" + WorkloadFile.PLANNER + "2",
            "uri:https://cluster.local/ns/agents/sa/planner")) {
      SSLContext client = of(names);
      assertThat(ask(client, echo("known")).status()).as(names).isEqualTo(401);
      assertThat(ask(client, echo("open")).status()).as(names).isEqualTo(401);
    }
  }

  @Test
  void aCertificateThatDoesNotVerifyEndsTheHandshake() {
    SSLContext expired = of("uri:" + WorkloadFile.PLANNER, "-startdate", "-10d", "-validity", "2");
    assertThatThrownBy(() -> ask(expired, echo("open"))).isNotNull();
    Certificates others = new Certificates(folder.resolve("others"));
    Path foreign = others.issue("uri:" + WorkloadFile.PLANNER);
    assertThatThrownBy(() -> ask(mesh.client(foreign), echo("open"))).isNotNull();
  }

  @Test
  void olderVersionsOfTlsAreNotSpoken() {
    refusesOlderVersionsOfTls();
  }

  private static void refusesOlderVersionsOfTls() {
    assertThatThrownBy(() -> connect(mesh.client(), "TLSv1.2")).isInstanceOf(IOException.class);
  }

  @Test
  void onThePlainPortNobodyIsKnown() {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      assertThat(caller.send(echo("known")).answer().status()).isEqualTo(401);
    }
  }

  @Test
  void aNewCertificateIsTakenWhileCallsGoOn() throws IOException {
    SSLContext planner = of("uri:" + WorkloadFile.PLANNER);
    Path fresh = mesh.issue(SERVER);
    try (RawCaller open = RawCaller.over(connect(planner))) {
      assertThat(open.send(echo("known")).answer().json().has("result")).isTrue();
      String before = serial(planner);
      Files.move(fresh, folder.resolve("own.p12"), StandardCopyOption.ATOMIC_MOVE);
      // Vert.x may drop a handshake that is under way at the moment of the change
      AtomicInteger dropped = new AtomicInteger();
      Eventually.holds(
          "the new certificate is shown",
          () -> {
            // calls on connections that are open, and on new ones, go on meanwhile
            assertThat(open.send(echo("known")).answer().json().has("result")).isTrue();
            try {
              assertThat(ask(planner, echo("known")).json().has("result")).isTrue();
              return !serial(planner).equals(before);
            } catch (IOException failed) {
              assertThat(dropped.incrementAndGet()).as("%s", failed).isLessThan(3);
              return false;
            }
          });
    }
    // and it is as strict as before
    refusesOlderVersionsOfTls();
    assertThat(ask(of("uri:spiffe://elsewhere/ns/agents/sa/planner"), echo("open")).status())
        .isEqualTo(401);
    assertThat(ask(mesh.client(), echo("known")).status()).isEqualTo(401);
  }

  private static String serial(SSLContext client) throws IOException {
    try (SSLSocket socket = connect(client)) {
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSerialNumber().toString();
    }
  }
}
