package dev.turnpike.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
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
    int other;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      other = taken.getLocalPort();
      assertThatThrownBy(() ->
              Demo.await(DemoServers.start(vertx, new SecureRandom(), free, taken.getLocalPort())))
          .hasRootCauseInstanceOf(java.net.BindException.class)
          .cause()
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
    }
    assertThat(Demo.await(start(free, other, 50)).modernUrl()).contains(":" + free);
  }

  @Test
  void closedServersGiveTheirPortsBack() throws Exception {
    DemoServers.Running running = Demo.await(DemoServers.start(vertx, new SecureRandom(), 0, 0));
    Demo.await(running.close());
    Future<DemoServers.Running> again =
        start(
            URI.create(running.modernUrl()).getPort(),
            URI.create(running.legacyUrl()).getPort(),
            50);
    assertThat(Demo.await(again).modernUrl()).isEqualTo(running.modernUrl());
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

  /** The kernel frees a port a moment after the socket says that it is closed. */
  private Future<DemoServers.Running> start(int modern, int legacy, int attempts) {
    return DemoServers.start(vertx, new SecureRandom(), modern, legacy)
        .recover(taken ->
            attempts > 1 ? start(modern, legacy, attempts - 1) : Future.failedFuture(taken));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
