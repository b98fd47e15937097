package dev.turnpike.jar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.jar.Frames.Frame;
import dev.turnpike.testkit.Eventually;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floods below the requests: each ends its own connection, or is turned away, and no more. */
class FloodIT {
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int REFUSED_STREAM = 7;

  @TempDir Path folder;
  private @Nullable Jar started;

  private void serving(String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("-Dquarkus.shutdown.delay=0S", "-Dquarkus.shutdown.timeout=1S"));
    started = Jar.start(folder, Map.of(), all).ready();
  }

  private Jar jar() {
    return Objects.requireNonNull(started);
  }

  @AfterEach
  void othersAreServedAllAlong() throws IOException {
    try (Jar jar = jar()) {
      Eventually.holds("an answer", () -> answers(jar));
      assertThat(jar.said()).doesNotContain("ERROR", "WARN  [io");
    }
  }

  private static boolean answers(Jar jar) {
    try {
      return Jar.get(jar.url("/nowhere")).statusCode() == 404;
    } catch (IOException _) {
      return false;
    }
  }

  private static Map<String, String> head(String method) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(":method", method);
    fields.put(":scheme", "http");
    fields.put(":path", "/nowhere");
    fields.put(":authority", "localhost");
    return fields;
  }

  private long lines() {
    try {
      return jar().said().lines().filter(line -> line.startsWith("time=")).count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void rapidResetsEndTheConnection() throws IOException {
    serving();
    try (Frames frames = Frames.to(jar().port())) {
      byte[] open = Frames.block(head("POST"));
      int stream = 1;
      // far fewer than this are let through
      while (stream < 20_000
          && frames.send(Frames.HEADERS, Frames.END_HEADERS, stream, open)
          && frames.reset(stream)) {
        stream += 2;
      }
      assertThat(frames.next(Frames.GOAWAY).error()).isEqualTo(ENHANCE_YOUR_CALM);
    }
    assertThat(lines()).isLessThan(1_000);
  }

  @Test
  void aStreamMoreThanAConnectionMayHaveIsRefused() throws IOException {
    serving();
    try (Frames frames = Frames.to(jar().port())) {
      byte[] open = Frames.block(head("POST"));
      for (int stream = 1; stream <= 2_049; stream += 2) {
        frames.send(Frames.HEADERS, Frames.END_HEADERS, stream, open);
      }
      Frame refused = frames.next(Frames.RST_STREAM);
      assertThat(refused.stream()).isEqualTo(2_049);
      assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
    }
  }

  @Test
  void aHeadWithoutEndEndsTheConnection() throws IOException {
    serving();
    try (Frames frames = Frames.to(jar().port())) {
      frames.send(Frames.HEADERS, 0, 1, Frames.block(head("POST")));
      byte[] more = Frames.block(Map.of("x", "y".repeat(1_000)));
      int sent = 0;
      while (sent < 20_000 && frames.send(Frames.CONTINUATION, 0, 1, more)) {
        sent++;
      }
      assertThat(sent).as("frames before the end").isLessThan(20_000);
    }
  }

  @Test
  void aHeadThatUnfoldsBeyondTheLimitIsRefused() throws Exception {
    serving();
    try (Frames frames = Frames.to(jar().port())) {
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      bomb.writeBytes(Frames.block(head("POST")));
      // one entry of the dynamic table, and then one byte for each time it is meant again
      bomb.write(0x40);
      bomb.writeBytes(new byte[] {1, 'x', 100});
      bomb.writeBytes("y".repeat(100).getBytes(US_ASCII));
      for (int i = 0; i < 10_000; i++) {
        bomb.write(0x80 | 62);
      }
      frames.send(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, bomb.toByteArray());
      Frame answer = frames.next(Frames.HEADERS);
      assertThat(answer.stream()).isEqualTo(1);
      Http2Headers head =
          new DefaultHttp2HeadersDecoder()
              .decodeHeaders(1, Unpooled.wrappedBuffer(answer.payload()));
      assertThat(head.status()).hasToString("431");
    }
  }

  @Test
  void pingsThatNobodyReadsTheAnswersOfEndTheConnection() throws IOException {
    serving();
    try (Frames frames = Frames.to(jar().port())) {
      int sent = 0;
      while (sent < 5_000_000 && frames.send(Frames.PING, 0, 0, new byte[8])) {
        sent++;
      }
      assertThat(sent).as("pings before the end").isLessThan(5_000_000);
    }
  }

  @Test
  void aConnectionMoreThanThereIsRoomForIsClosed() throws IOException {
    serving("-Dturnpike.limits.connections=2");
    try (Socket first = new Socket("localhost", jar().port());
        Socket second = new Socket("localhost", jar().port())) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      try (Socket third = new Socket("localhost", jar().port())) {
        third.setSoTimeout(10_000);
        assertThat(third.getInputStream().read()).isEqualTo(-1);
      }
      Eventually.holds("a line of it", () -> lines() == 1);
      assertThat(jar().said()).contains("refusal=overloaded");
      first.close();
      Eventually.holds("the place is free", () -> answers(jar()));
    }
  }
}
