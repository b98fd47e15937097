package dev.turnpike.protocol.alpha.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.identify.Identity;
import dev.turnpike.identify.Issuer;
import dev.turnpike.identify.Tokens;
import dev.turnpike.identify.Workloads;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** One tenant is given the alpha, and loses it again, while both call all the time. */
class SwitchedUnderLoadTest {
  private static final String HERE = "http://localhost:8080";
  private static final String CREATED =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"task\",\"taskId\":\"t-1\","
          + "\"status\":\"working\",\"createdAt\":\"2026-11-30T10:00:00Z\","
          + "\"lastUpdatedAt\":\"2026-11-30T10:00:00Z\",\"ttlMs\":60000}}";
  private static final int CALLERS = 4;
  private static final int SWITCHES = 60;

  private static CompletableFuture<Tokens.Vouched> verified(String tenant) {
    return CompletableFuture.completedFuture(
        new Tokens.Vouched(
            Map.of("sub", "s", "tenant", tenant, "aud", HERE), Instant.now().plusSeconds(3_600)));
  }

  private static RawRequest call(String tenant) {
    RawRequest call = RawRequest.call("m", "1", "echo", "{\"who\":\"" + tenant + "\"}");
    return call.body(
            call.body()
                .text()
                .replace(
                    "clientCapabilities\":{}",
                    "clientCapabilities\":{\"extensions\":{\"" + Tasks.ID + "\":{}}}"))
        .with("Authorization", "Bearer " + tenant);
  }

  /** The kinds of results that a tenant sees, until it is over. */
  private static Callable<Set<String>> calling(Road road, String tenant, AtomicBoolean over) {
    return () -> {
      Set<String> seen = new TreeSet<>();
      try (RawCaller caller = RawCaller.to(road)) {
        while (!over.get()) {
          RawAnswer answer = caller.send(call(tenant)).answer();
          seen.add(answer.status() + " " + answer.json().at("/result/resultType").asText());
        }
      }
      return seen;
    };
  }

  @Test
  void givesItToOneTenantAndNothingOfItToTheOther() throws Exception {
    Trying flags =
        new Trying(
            new LaneLimits(
                64, 64, 0.05, Duration.ofSeconds(20), 64 * 1024, 16, 0.5, Optional.empty()));
    flags.onFor();
    Script task = Scripts.json(CREATED);
    Script plain = Scripts.json(Scripts.RESULT);
    try (FakeUpstream up = FakeUpstream.modern();
        Road road =
            Road.trying(
                Road.open("m", up.url()).replace(", anonymous: true", ""),
                Settings.DEFAULT.knowing(
                    new Identity(
                        new Workloads.Nowhere(),
                        Optional.of(
                            new Issuer(
                                SwitchedUnderLoadTest::verified,
                                List.of("https://issuer"),
                                HERE,
                                List.of(),
                                false,
                                Issuer.ClaimPaths.DEFAULT)))),
                List.of(new Tasks()),
                flags);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      up.on(
          "tools/call",
          (seen, line) -> (seen.body().text().contains(Tasks.ID) ? task : plain).play(seen, line));
      AtomicBoolean over = new AtomicBoolean();
      List<Future<Set<String>>> ofLabs = new ArrayList<>();
      List<Future<Set<String>>> ofOther = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        ofLabs.add(threads.submit(calling(road, "labs", over)));
        ofOther.add(threads.submit(calling(road, "other", over)));
      }
      for (int i = 0; i < SWITCHES; i++) {
        LockSupport.parkNanos(30_000_000);
        if (i % 2 == 0) {
          flags.onFor("labs");
        } else {
          flags.onFor();
        }
        road.trials().flagsChanged();
      }
      over.set(true);
      Set<String> labs = new TreeSet<>();
      for (Future<Set<String>> one : ofLabs) {
        labs.addAll(one.get());
      }
      assertThat(labs).containsExactlyInAnyOrder("200 complete", "200 task");
      for (Future<Set<String>> one : ofOther) {
        assertThat(one.get()).containsExactly("200 complete");
      }
      assertThat(up.seen("tools/call"))
          .filteredOn(seen -> seen.body().text().contains("\"other\""))
          .isNotEmpty()
          .noneMatch(seen -> seen.body().text().contains(Tasks.ID));
      assertThat(flags.failures()).isEmpty();
      road.settle();
    }
  }
}
