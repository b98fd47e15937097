package dev.turnpike.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoServersTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    Demo.await(vertx.close());
  }

  @Test
  void aPortThatIsTakenIsNamedAndNothingIsLeftOpen() throws Exception {
    int free = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() ->
              Demo.await(DemoServers.start(vertx, new SecureRandom(), free, taken.getLocalPort())))
          .hasRootCauseInstanceOf(java.net.BindException.class)
          .cause()
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
    }
    new ServerSocket(free, 1, InetAddress.getByName("127.0.0.1")).close();
  }

  @Test
  void closedServersGiveTheirPortsBack() throws Exception {
    DemoServers.Running running = Demo.await(DemoServers.start(vertx, new SecureRandom(), 0, 0));
    Demo.await(running.close());
    for (String url : new String[] {running.modernUrl(), running.legacyUrl()}) {
      int port = URI.create(url).getPort();
      new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, false, true",
    "true, true, false, false",
    "false, false, false, false",
    "false, false, true, true",
    "false, true, true, true"
  })
  void theyStartInDevelopmentWithoutAFileOrWhenAskedFor(
      boolean development, boolean configured, boolean asked, boolean wanted) {
    assertThat(DemoServers.wanted(development, configured, asked)).isEqualTo(wanted);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
