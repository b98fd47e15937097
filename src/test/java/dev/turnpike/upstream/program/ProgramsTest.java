package dev.turnpike.upstream.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.Reach;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of programs that cannot be started. */
class ProgramsTest {
  private final CompletableFuture<String> told = new CompletableFuture<>();
  private final CompletableFuture<UpstreamFailed> closed = new CompletableFuture<>();

  private void open(Path secret) {
    Reach.Program reach =
        new Reach.Program(
            List.of("true"),
            Map.of(),
            Map.of("TOKEN", secret),
            List.of(),
            Optional.empty(),
            Reach.Sharing.SHARED,
            1);
    new Programs("up", reach, _ -> null, 1_024, listener(), () -> 0)
        .open(
            new Channel.Ear() {
              @Override
              public boolean message(Payload json) {
                return true;
              }

              @Override
              public void closed(UpstreamFailed why) {
                closed.complete(why);
              }
            });
  }

  private ProgramListener listener() {
    return (ProgramListener)
        Proxy.newProxyInstance(
            ProgramListener.class.getClassLoader(),
            new Class<?>[] {ProgramListener.class},
            (_, method, arguments) -> {
              if (method.getName().equals("notStarted")) {
                told.complete(String.valueOf(arguments[1]));
              }
              return null;
            });
  }

  @Test
  void aSecretThatNoProcessCanBeGivenIsNotSaid(@TempDir Path folder) throws Exception {
    open(Files.writeString(folder.resolve("secret"), "hush\0hush"));
    assertThat(told.get(10, TimeUnit.SECONDS)).doesNotContain("hush").contains("character");
    assertThat(closed.get(10, TimeUnit.SECONDS).kind()).isEqualTo(UpstreamFailed.Kind.UNREACHABLE);
  }

  @Test
  void aSecretThatIsNotThereIsNamed(@TempDir Path folder) throws Exception {
    open(folder.resolve("gone"));
    assertThat(told.get(10, TimeUnit.SECONDS)).contains("env.TOKEN", "cannot be read");
  }
}
