package dev.turnpike.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.AdminPort;
import dev.turnpike.testkit.NoFlags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which forms count, and what a page may load. */
class ConsoleRoutesTest {
  private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String HOST = "Host: localhost:9000";
  private static final String HERE = "Origin: http://localhost:9000";
  private static final String WISH = "act=switch&key=alpha.x&value=on&reason=r";

  private final NoFlags flags = new NoFlags();
  private final List<String> turnedAway = new ArrayList<>();
  private AdminPort port;

  @BeforeEach
  void open() throws Exception {
    port =
        new AdminPort(
            new ConsoleRoutes(
                    new LoopbackOnly(), flags, deed -> turnedAway.add(deed.toString()), () -> AT)
                ::mount);
  }

  @AfterEach
  void close() throws Exception {
    port.close();
  }

  @Test
  void loadsNothingFromElsewhereAndRunsNothing() throws Exception {
    String page = port.ask("GET /console/flags", HOST);
    assertThat(page)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-security-policy: default-src 'none'; style-src 'self'")
        .containsIgnoringCase("cache-control: no-store")
        .doesNotContain("<script", "style=");
    assertThat(port.ask("GET /console/console.css", HOST)).contains("text/css");
  }

  @Test
  void takesAFormOfItsOwn() throws Exception {
    String answer = port.post("/console/flags", WISH, HOST, HERE, FORM);
    // the desk of this test knows no flag at all
    assertThat(answer).startsWith("HTTP/1.1 404").contains("there is no such flag");
    assertThat(flags.asked()).singleElement().asString().contains("alpha.x", "this machine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: 1",
        "Origin: null",
        "Origin: http://localhost:9001",
        "Origin: http://127.0.0.1:9000",
        "Origin: https://example.org"
      })
  void takesNoFormOfAnybodyElse(String origin) throws Exception {
    assertThat(port.post("/console/flags", WISH, HOST, origin, FORM)).startsWith("HTTP/1.1 403");
    assertThat(turnedAway).hasSize(1);
    assertThat(flags.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "act=switch&key=alpha.x&value=on",
        "act=switch&key=alpha.x&reason=r",
        "act=switch&key=alpha.x&value=maybe&reason=r",
        "act=switch&key=alpha.x&value=on&reason=r&expires=never",
        "act=switch&key=alpha.x&value=on&value=off&reason=r",
        "act=switch&key=%zz"
      })
  void saysWhatIsWrongWithAWish(String wish) throws Exception {
    assertThat(port.post("/console/flags", wish, HOST, HERE, FORM)).startsWith("HTTP/1.1 400");
    assertThat(flags.asked()).isEmpty();
  }

  @Test
  void showsWhatIsInAQueryAsText() throws Exception {
    assertThat(port.ask("GET /console/flags?tenant=%22%3E%3Cb%3E&done=%3Cscript%3E", HOST))
        .contains("&lt;script&gt;")
        .doesNotContain("<script>", "\"><b>");
  }

  @Test
  void knowsItsPathsAndMethods() throws Exception {
    assertThat(port.ask("GET /console/nothing", HOST)).startsWith("HTTP/1.1 404");
    assertThat(port.send("PUT", "/console/flags", "", HOST)).startsWith("HTTP/1.1 405");
    assertThat(port.ask("GET /console", HOST)).startsWith("HTTP/1.1 303");
  }
}
