package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.KeycloakServer;
import dev.turnpike.testkit.ProxyBytes;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that the mesh's proxy announces, and what is not its header. */
class ProxyV2IT {
  @TempDir private static Path folder;
  private static FakeUpstream up;
  private static Jar jar;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    up = FakeUpstream.modern();
    port = KeycloakServer.free();
    jar =
        Jar.start(
                folder,
                Map.of("TURNPIKE_CONFIG", WorkloadFile.in(folder, up)),
                List.of(
                    "-Dturnpike.identity.workload=proxy-v2", "-Dturnpike.proxy-v2.port=" + port))
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

  private static RawAnswer ask(int to, byte[] header, RawRequest request) {
    try (RawCaller caller = RawCaller.to(to)) {
      return caller.send(header).send(request).answer();
    }
  }

  @Test
  void whoeverIsAnnouncedIsKnown() {
    RawAnswer answer = ask(port, ProxyBytes.naming(WorkloadFile.PLANNER), echo("known"));
    assertThat(answer.json().has("result")).as(answer.text()).isTrue();
    assertThat(
            ask(port, ProxyBytes.naming("spiffe://cluster.local/ns/agents/sa/other"), echo("known"))
                .code())
        .isEqualTo(-32602);
  }

  @Test
  void aConnectionKeepsItsName() {
    try (RawCaller caller = RawCaller.to(port)) {
      caller.send(ProxyBytes.naming(WorkloadFile.PLANNER));
      for (int i = 0; i < 3; i++) {
        assertThat(caller.send(echo("known")).answer().json().has("result")).isTrue();
      }
    }
  }

  @Test
  void whoeverIsNotAnnouncedIsNobody() {
    for (byte[] header :
        List.of(
            new ProxyBytes(0x21, 0x11).bytes(),
            new ProxyBytes(0x20, 0x00).bytes(),
            ProxyBytes.naming("spiffe://elsewhere/ns/agents/sa/planner"),
            ProxyBytes.naming("planner"))) {
      assertThat(ask(port, header, echo("known")).status()).isEqualTo(401);
      assertThat(ask(port, header, echo("open")).json().has("result")).isTrue();
    }
  }

  @Test
  void headersOfARequestSayNothing() {
    RawRequest forged =
        echo("known")
            .with("X-Forwarded-Client-Cert", "By=spiffe://x;URI=" + WorkloadFile.PLANNER)
            .with("Forwarded", "for=" + WorkloadFile.PLANNER);
    assertThat(ask(port, new ProxyBytes(0x21, 0x11).bytes(), forged).status()).isEqualTo(401);
    assertThat(ask(jar.port(), new byte[0], forged).status()).isEqualTo(401);
  }

  @Test
  void aConnectionWithoutAHeaderIsClosed() {
    for (byte[] header :
        List.of(
            new byte[0],
            "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n".getBytes(StandardCharsets.US_ASCII),
            new ProxyBytes(0x21, 0x11)
                .caller(WorkloadFile.PLANNER)
                .caller(WorkloadFile.PLANNER)
                .bytes())) {
      assertThatThrownBy(() -> ask(port, header, echo("open"))).isNotNull();
    }
  }

  @Test
  void onTheOtherPortItIsNoRequest() {
    byte[] header = ProxyBytes.naming(WorkloadFile.PLANNER);
    assertThat(ask(jar.port(), header, echo("known")).status()).isEqualTo(400);
  }

  @Test
  void nobodyReachesItFromOutside() throws IOException {
    Optional<InetAddress> outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findFirst();
    if (outside.isPresent()) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(outside.get(), port), 2_000))
            .isInstanceOf(IOException.class);
      }
    }
  }
}
