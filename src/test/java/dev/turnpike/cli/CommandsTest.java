package dev.turnpike.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.Problem;
import dev.turnpike.identify.BearerKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Path> checked = new ArrayList<>();
  private final List<Launch.Options> launched = new ArrayList<>();
  private Checker verdict = file -> List.of("serves /mcp/demo", "1 rule, 0 budgets");

  @Test
  void withoutArgumentsItServes() {
    assertThat(run()).isZero();
    assertThat(launched).containsExactly(new Launch.Options(Optional.empty(), false));
  }

  @Test
  void servingTakesAFileAndTheDemo() {
    assertThat(run("--config", "my.yaml", "--demo")).isZero();
    assertThat(launched).containsExactly(new Launch.Options(Optional.of(Path.of("my.yaml")), true));
  }

  @Test
  void theExitStatusIsThatOfTheServer() {
    assertThat(
            new Commands(verdict, options -> 7, new Random(1))
                .run(new String[0], new PrintWriter(out, true), new PrintWriter(err, true)))
        .isEqualTo(7);
  }

  @Test
  void aGoodFileIsCheckedAndSaidAndNotServed() {
    assertThat(run("check", "my.yaml")).isZero();
    assertThat(checked).containsExactly(Path.of("my.yaml"));
    assertThat(out.toString().lines()).containsExactly("serves /mcp/demo", "1 rule, 0 budgets");
    assertThat(err.toString()).isEmpty();
    assertThat(launched).isEmpty();
  }

  @Test
  void usageIsSaidAsATable() throws AdminApi.Untold {
    String answer =
        """
        {"rows":[{"caller":"ann","target":"e\\u001b[2Jcho","calls":12,"input":3,"total":3},
                 {"caller":"a-longer-name","target":"t","calls":1,"input":40000,"total":40000}],
         "total":{"calls":13,"input":40003,"total":40003}}
        """;
    assertThat(UsageTable.lines(answer))
        .containsExactly(
            "caller         target    calls  input  total",
            "ann            e?[2Jcho     12      3      3",
            "a-longer-name  t             1  40000  40000",
            "total                       13  40003  40003");
    assertThat(UsageTable.lines("{\"rows\":[],\"total\":{\"calls\":0}}"))
        .containsExactly("calls", "    0");
    assertThatThrownBy(() -> UsageTable.lines("<html>")).isInstanceOf(AdminApi.Untold.class);
    assertThatThrownBy(() -> UsageTable.lines("{}")).isInstanceOf(AdminApi.Untold.class);
  }

  @Test
  void flagsAreSaidAsATable() throws AdminApi.Untold {
    assertThat(
            FlagTable.lines(
                """
                [{"key":"alpha.mcp-tasks","stage":"alpha","value":true,"reason":"switched by ann: a\\u001b trial",
                  "overrides":[{"tenant":"labs","value":true,"by":"ann","reason":"a trial",
                  "expires":"2026-12-31T18:00:00Z"},{"value":false,"by":"ben","reason":"no"}]},
                 {"key":"protocol.mcp.2025-11-25","stage":"stable","value":false,"reason":"static",
                  "overrides":[],"uses":["endpoint a","endpoint b"],"ifOff":"it ends"}]
                """))
        .containsExactly(
            "flag                     stage       is   because",
            "alpha.mcp-tasks          alpha       on   switched by ann: a? trial",
            "  on for tenant labs by ann until 2026-12-31T18:00:00Z: a trial",
            "  off for all by ben: no",
            "protocol.mcp.2025-11-25  stable      off  static",
            "  used: endpoint a",
            "  used: endpoint b",
            "  if off: it ends");
    assertThatThrownBy(() -> FlagTable.lines("<html>")).isInstanceOf(AdminApi.Untold.class);
    assertThatThrownBy(() -> FlagTable.lines("{}")).isInstanceOf(AdminApi.Untold.class);
  }

  @Test
  void whatIsMeantForOneTenantIsNotSwitchedForAll() {
    for (String option : List.of("--tenant=labs", "--admin=http://127.0.0.1:1", "--json")) {
      int status = run("flags", option, "set", "a.b", "off", "--reason", "r");
      assertThat(status).as(option).isEqualTo(2);
      assertThat(run("flags", option, "clear", "a.b")).as(option).isEqualTo(2);
    }
  }

  @Test
  void aCatalogIsSaidOneALine() throws AdminApi.Untold {
    String answer =
        """
        {"endpoints":[{"endpoint":"both","upstreams":[
          {"name":"one","era":"modern","up":true,"trouble":"","omitted":""},
          {"name":"two","era":"legacy","up":true,"omitted":"tools: it has more than are kept"},
          {"name":"three","era":"","up":false,"trouble":"cannot be reached"}],
         "targets":[{"kind":"tool","name":"one_echo","upstream":"one","original":"echo","definition":{}}]}]}
        """;
    assertThat(CatalogLines.lines(answer))
        .containsExactly(
            "/mcp/both",
            "  upstream\tone\tmodern",
            "  upstream\ttwo\tlegacy (not all of it: tools: it has more than are kept)",
            "  upstream\tthree\tleft out: cannot be reached",
            "  tool\tone_echo\tone\techo");
  }

  @Test
  void aCatalogThatCannotBeHadIsAnErrorThatSaysWhatToDo() {
    assertThat(run("catalog", "--admin", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1/admin/catalog", "is Turnpike running");
    assertThat(out.toString()).isEmpty();
    assertThatThrownBy(() -> CatalogLines.lines("<html>")).hasMessageContaining("no catalog");
  }

  @Test
  void theProblemsOfABadFileAreSaidOneALine() {
    verdict =
        file -> {
          throw new ConfigRejected(
              List.of(
                  new Problem(new Mark("my.yaml", 3, 5), "rules[0].when", "does not compile"),
                  new Problem(new Mark("my.yaml", 9, 1), "budgets", "expected a list")));
        };
    assertThat(run("check", "my.yaml")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "my.yaml:3:5: rules[0].when: does not compile",
            "my.yaml:9:1: budgets: expected a list");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aBugInCheckingIsNoGoodFile() {
    verdict =
        file -> {
          throw new IllegalStateException("oops");
        };
    assertThat(run("check", "my.yaml")).isEqualTo(1);
    assertThat(err.toString()).contains("This is a bug of Turnpike.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chek my.yaml",
        "check",
        "check one two",
        "check --colour x",
        "--nope",
        "--config",
        "--demo check my.yaml"
      })
  void wrongUsageIsSaidWithTheRightOneAndNothingIsDone(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: turnpike");
    assertThat(launched).isEmpty();
    assertThat(checked).isEmpty();
  }

  @Test
  void anUnknownCommandIsNamed() {
    run("serv");
    assertThat(err.toString()).contains("Unknown command or option: serv");
  }

  @Test
  void helpNamesEveryCommandAndOption() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("check", "--config", "--demo", "--version", "TURNPIKE_CONFIG");
    assertThat(launched).isEmpty();
    assertThat(run("check", "--help")).isZero();
    assertThat(out.toString()).contains("Opens no port");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString().lines().toList())
        .hasSize(3)
        .first()
        .asString()
        .matches("turnpike [0-9]+\\.[0-9]+.*");
    assertThat(out.toString()).containsPattern("quarkus 3\\.[0-9]+").contains("java 25");
  }

  @Test
  void aResourceThatWasNotFilledInTellsNoNonsense() {
    Properties facts = new Properties();
    facts.setProperty("version", "@project.version@");
    assertThat(Build.of(facts)).isEqualTo(new Build("development", "development"));
  }

  @Test
  void aKeyIsMadeWithTheLineForTheFile() {
    assertThat(run("key", "ann", "--tenant", "acme", "--group", "readers", "--group", "payers"))
        .isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.getFirst()).startsWith("tp_").hasSize(46);
    assertThat(lines.getLast())
        .isEqualTo(BearerKeys.hash(lines.getFirst()) + " ann tenant=acme groups=readers,payers");
  }

  @Test
  void aKeyThatTheFileWouldNotTakeIsNotMade() {
    assertThat(run("key", "ann and ben")).isEqualTo(2);
    assertThat(run("key", "ann", "--expires", "tomorrow")).isEqualTo(2);
    assertThat(err.toString()).contains("expected sha256:");
  }

  @Test
  void nothingIsColoured() {
    run("--help");
    run("nonsense");
    assertThat(out.toString() + err).doesNotContain("\u001b");
  }

  private int run(String... arguments) {
    return new Commands(
            file -> {
              checked.add(file);
              return verdict.check(file);
            },
            options -> {
              launched.add(options);
              return 0;
            },
            new Random(1))
        .run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
