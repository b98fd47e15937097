package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Browser;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.Road;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, in which no script runs. */
class ConsoleIT {
  private static final String FLAG = "protocol.mcp.2025-03-26";
  private static final String ROW = "article[id='" + FLAG + "'] ";
  private static final String TOKEN = "a-token-of-twenty-four-c";

  @TempDir private Path folder;

  private Jar start(FakeUpstream up, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("turnpike.yaml"), Road.open("one", up.url()));
    return Jar.start(folder, Map.of("TURNPIKE_CONFIG", file.toString()), List.of(settings)).ready();
  }

  private static String flag(Jar jar) throws IOException {
    return RawAnswer.json(Jar.get(jar.managementUrl("/admin/flags?tenant=labs")).body())
        .findParents("key")
        .stream()
        .filter(flag -> flag.path("key").asText().equals(FLAG))
        .findFirst()
        .orElseThrow()
        .toString();
  }

  @Test
  @EnabledIf("dev.turnpike.testkit.Browser#isHere")
  void switchesAFlagForOneTenantAndBack() throws Exception {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up);
        Browser browser = Browser.withoutScripts()) {
      browser.open(jar.managementUrl("/console"));
      assertThat(browser.url()).endsWith("/console/flags");
      assertThat(browser.text()).contains("protocol.mcp.2025-11-25", "gateway.alpha.all");
      assertThat(browser.find(ROW + "h2 .on").getText()).isEqualTo("on");
      browser.find("header input[name=tenant]").sendKeys("labs");
      browser.find("header button").click();
      browser.awaits("header", "labs");
      browser.find(ROW + "summary").click();
      browser.find(ROW + "input[value=off]").click();
      browser.find(ROW + "input[name=reason]").sendKeys("<script>alert(1)</script> & a trial");
      browser.find(ROW + "input[name=expires]").sendKeys("yesterday");
      browser.find(ROW + "details button").click();
      browser.awaits("[role=alert]", FLAG + ": expires must be a moment");
      assertThat(browser.find(ROW + "input[name=reason]").getDomProperty("value"))
          .as("nothing is lost")
          .isEqualTo("<script>alert(1)</script> & a trial");
      browser.find(ROW + "input[name=expires]").clear();
      browser.find(ROW + "input[name=expires]").sendKeys("2h");
      browser.find(ROW + "details button").click();
      browser.awaits("[role=status]", FLAG + " is turned off for tenant labs.");
      assertThat(browser.find(ROW + "h2 .off").getText()).isEqualTo("off");
      assertThat(browser.find(ROW + ".switched").getText())
          .contains("<script>alert(1)</script> & a trial", "labs", "this machine");
      assertThat(flag(jar)).contains("\"value\":false", "\"tenant\":\"labs\"");
      browser.find(ROW + ".switched button").click();
      browser.awaits("[role=status]", "not switched for tenant labs");
      assertThat(flag(jar)).contains("\"value\":true");
    }
  }

  @Test
  @EnabledIf("dev.turnpike.testkit.Browser#isHere")
  void asksForTheTokenWhereThereIsOne() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN);
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up, "-Dturnpike.admin.token-file=" + file);
        Browser browser = Browser.withoutScripts()) {
      URI page = URI.create(jar.managementUrl("/console/flags"));
      assertThat(Jar.get(page.toString()).statusCode()).isEqualTo(401);
      browser.open("http://admin:" + TOKEN + "@" + page.getAuthority() + page.getPath());
      assertThat(browser.text()).contains("protocol.mcp.2025-11-25");
    }
  }

  @Test
  @EnabledIf("dev.turnpike.testkit.Browser#isHere")
  void takesNoFormOfAnotherPage() throws Exception {
    try (FakeUpstream up = FakeUpstream.modern();
        Jar jar = start(up);
        Browser browser = Browser.withoutScripts()) {
      Path evil =
          Files.writeString(
              folder.resolve("evil.html"),
              """
              <form method="post" action="%s">
              <input name="act" value="switch"><input name="key" value="gateway.alpha.all">
              <input name="value" value="off"><input name="reason" value="r">
              <button>win</button></form>
              """
                  .formatted(jar.managementUrl("/console/flags")));
      browser.open(evil.toUri().toString());
      browser.find("button").click();
      Eventually.holds("it is turned away", () -> browser.text().contains("Origin"));
      assertThat(Jar.get(jar.managementUrl("/admin/flags")).body())
          .doesNotContain("\"because\":\"all\"");
    }
  }
}
