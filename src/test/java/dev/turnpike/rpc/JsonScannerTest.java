package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.rpc.MalformedJson.Reason;
import dev.turnpike.rpc.Wanted.Member;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  private static final ScanLimits LIMITS = new ScanLimits(64, 100_000);
  private static final Wanted WANTED = new Wanted();
  private static final Member ID = WANTED.member("id");
  private static final Member PARAMS = WANTED.member("params");
  private static final Member VERSION =
      WANTED.member("params", "_meta", "io.modelcontextprotocol/protocolVersion");

  private static Scan scan(String json) throws MalformedJson {
    return JsonScanner.scan(Payload.of(json), WANTED, LIMITS, Strictness.CALLER);
  }

  /** Each character of the text is one byte. */
  private static Optional<Reason> refusal(String bytes, ScanLimits limits, Strictness strictness) {
    try {
      JsonScanner.scan(Payload.of(bytes.getBytes(ISO_8859_1)), WANTED, limits, strictness);
      return Optional.empty();
    } catch (MalformedJson malformed) {
      return Optional.of(malformed.reason());
    }
  }

  private static Optional<Reason> refusal(String bytes) {
    Optional<Reason> refusal = refusal(bytes, LIMITS, Strictness.CALLER);
    assertThat(refusal(bytes, LIMITS, Strictness.UPSTREAM)).isEqualTo(refusal);
    return refusal;
  }

  @Test
  void findsWantedMembersAtAnyDepthWhereverTheyStand() throws MalformedJson {
    String json =
        """
        {"other": {"id": 7, "params": {}}, "params": {"list": [{"_meta": 1}], "_meta": {
          "io.modelcontextprotocol\\/protocolVersion" : "2025-06-18"}, "z": 0}, "\\u0069d" : 12}
        """;
    Scan scan = scan(json);
    assertThat(scan.type()).isEqualTo(JsonType.OBJECT);
    assertThat(scan.text(VERSION)).contains("2025-06-18");
    assertThat(scan.part(ID).text()).isEqualTo("12");
    assertThat(scan.payload().slice(scan.memberSpan(ID)).text()).isEqualTo("\"\\u0069d\" : 12");
    assertThat(scan.text(ID)).isEmpty();
    assertThat(scan.type(PARAMS)).isEqualTo(JsonType.OBJECT);
  }

  @Test
  void saysOfAnAbsentMemberThatItIsAbsent() throws MalformedJson {
    Scan scan = scan("{\"params\": null}");
    assertThat(scan.has(ID)).isFalse();
    assertThat(scan.type(ID)).isEqualTo(JsonType.ABSENT);
    assertThat(scan.text(ID)).isEmpty();
    assertThat(scan.find(ID)).isEmpty();
    assertThat(scan.type(PARAMS)).isEqualTo(JsonType.NULL);
    assertThatThrownBy(() -> scan.span(ID)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> scan.memberSpan(ID)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> scan.part(ID)).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void keepsHugeNumbersAsTheyWereWritten() throws MalformedJson {
    String huge = "-" + "9".repeat(5_000) + ".0e-99999999999999";
    assertThat(scan("{\"id\":" + huge + "}").part(ID).text()).isEqualTo(huge);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-1.5E+10",
        "1e0",
        " true\t",
        "\r\nfalse",
        "null",
        "\"\"",
        "[]",
        "{}",
        "[ ]",
        "{ }",
        "[[],{}]",
        "\"\\u0000\\b\\f\\n\\r\\t\\/\\\\\\\"\"",
        "\"\u007f\"",
        "\"\\ud83d\\ude00\"",
        "\"\\uDBFF\\uDFFF\"",
        "\"\u00c2\u0080\"",
        "\"\u00df\u00bf\"",
        "\"\u00e0\u00a0\u0080\"",
        "\"\u00ed\u009f\u00bf\"",
        "\"\u00ee\u0080\u0080\"",
        "\"\u00ef\u00bf\u00bf\"",
        "\"\u00f0\u0090\u0080\u0080\"",
        "\"\u00f4\u008f\u00bf\u00bf\""
      })
  void acceptsAllThatTheGrammarAllows(String bytes) {
    assertThat(refusal(bytes)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "-01",
        "+1",
        ".5",
        "1.",
        "1.e5",
        "1e+",
        "--1",
        "-",
        "0x1",
        "NaN",
        "Infinity",
        "-Infinity",
        "1_0",
        "tru",
        "trux",
        "TRUE",
        "nul",
        "undefined",
        "'a'",
        "\"a",
        "\"\\\"",
        "\"\\x41\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"\\",
        "\"\n\"",
        "\"\t\"",
        "\"12345678\u001f\"",
        "\"\u0000\"",
        "{",
        "[",
        "]",
        "}",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:2}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1]",
        "[1}",
        "// x\n1",
        "/* */1",
        "#",
        "\u00a01",
        "\u000b1",
        "\f1",
        "\u00ef\u00bb\u00bf1",
        "\u00ff\u00fe1",
        "1\u0000"
      })
  void refusesAllElse(String bytes) {
    assertThat(refusal(bytes)).isPresent();
    assertThat(refusal("[" + bytes + "]")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "[",
        "\"a",
        "tr",
        "-",
        "1.",
        "1e",
        "{\"a\":",
        "[1, ",
        "\"\\",
        "\"\\u00",
        "\"\u00e2\u0082"
      })
  void saysThatADocumentEndsTooEarly(String bytes) {
    assertThat(refusal(bytes)).contains(Reason.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 1", "{}{}", "{} x", "[]]", "\"a\"\"b\"", "null,", "{}\u0000", "00"})
  void refusesBytesAfterTheDocument(String bytes) {
    assertThat(refusal(bytes)).contains(Reason.TRAILING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080",
        "\u00bf",
        "\u00c0\u0080",
        "\u00c1\u00bf",
        "\u00c2x",
        "\u00c2\u00c2",
        "\u00e0\u0080\u0080",
        "\u00e0\u009f\u00bf",
        "\u00ed\u00a0\u0080",
        "\u00ed\u00bf\u00bf",
        "\u00e2\u0082x",
        "\u00e2\u0082\u00c0",
        "\u00f0\u0080\u0080\u0080",
        "\u00f0\u008f\u00bf\u00bf",
        "\u00f4\u0090\u0080\u0080",
        "\u00f5\u0080\u0080\u0080",
        "\u00f8\u0088\u0080\u0080\u0080",
        "\u00fe",
        "\u00ff",
        "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080"
      })
  void refusesWhatIsNotUtf8(String bytes) {
    for (String before : List.of("", "seven..", "eight...", "\u00c3\u00a9")) {
      assertThat(refusal("\"" + before + bytes + "\"")).contains(Reason.BAD_UTF8);
      assertThat(refusal("{\"" + before + bytes + "\":1}")).contains(Reason.BAD_UTF8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udfff",
        "\\ud800x",
        "\\ud800\\n",
        "\\ud800\\u0041",
        "\\ud800\\ud800",
        "\\udc00\\ud800",
        "\\ud800\\ud800\\udc00",
        "\\ud800\\udc00\\udc00",
        "\\ud800\u00c3\u00a9"
      })
  void refusesHalfASurrogatePairFromACallerOnly(String escapes) {
    for (String json : List.of("\"" + escapes + "\"", "{\"a" + escapes + "\":1}")) {
      assertThat(refusal(json, LIMITS, Strictness.CALLER)).contains(Reason.LONE_SURROGATE);
      assertThat(refusal(json, LIMITS, Strictness.UPSTREAM)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a,a",
        "a,\\u0061",
        "\\u0061,\\u0061",
        "/,\\/",
        "\\/,\\u002f",
        "\\n,\\u000a",
        "``,``",
        "\u00c3\u00a9,\\u00e9",
        "\\u00e9,\\u00E9",
        "\\ud83d\\ude00,\u00f0\u009f\u0098\u0080",
        "\\\\,\\u005c"
      })
  void refusesANameThatOccursTwiceHoweverItIsWritten(String first, String second) {
    for (int others : new int[] {0, 1, Names.FEW - 2, Names.FEW - 1, Names.FEW, 40}) {
      StringBuilder json = new StringBuilder("[{\"").append(first).append("\":{},");
      for (int i = 0; i < others; i++) {
        json.append("\"n").append(i).append("\":{\"n\":0,\"m\":0},");
      }
      json.append('"').append(second).append("\":2}]");
      assertThat(refusal(json.toString())).contains(Reason.DUPLICATE_KEY);
    }
  }

  @Test
  void tellsNamesApartThatShareAHash() throws MalformedJson {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(refusal("{\"Aa\":1,\"BB\":2,\"\\u0041a\\u0000\":3}")).isEmpty();
    assertThat(refusal("{\"Aa\":1,\"BB\":2,\"\\u0042B\":3}")).contains(Reason.DUPLICATE_KEY);
    Wanted wanted = new Wanted();
    Member member = wanted.member("Aa");
    Scan scan = JsonScanner.scan(Payload.of("{\"BB\":1}"), wanted, LIMITS, Strictness.CALLER);
    assertThat(scan.has(member)).isFalse();
  }

  @Test
  void tellsHalvesOfSurrogatePairsApart() {
    String json = "{\"\\ud800\":1,\"\\ud801\":2,\"?\":3}";
    assertThat(refusal(json, LIMITS, Strictness.UPSTREAM)).isEmpty();
    assertThat(refusal(json.replace("1\":2", "0\":2"), LIMITS, Strictness.UPSTREAM))
        .contains(Reason.DUPLICATE_KEY);
  }

  @Test
  void allowsTheSameNameInDifferentObjects() {
    assertThat(refusal("{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":1}]}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, ScanLimits.DEEPEST})
  void nestsAsDeepAsTheLimitAndNoDeeper(int depth) {
    ScanLimits limits = new ScanLimits(depth, 5_000);
    String arrays = "[".repeat(depth) + "]".repeat(depth);
    String objects = "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    for (String json : List.of(arrays, objects)) {
      assertThat(refusal(json, limits, Strictness.CALLER)).isEmpty();
      assertThat(refusal("[" + json + "]", limits, Strictness.CALLER)).contains(Reason.TOO_DEEP);
      assertThat(refusal("{\"b\":" + json + "}", limits, Strictness.UPSTREAM))
          .contains(Reason.TOO_DEEP);
    }
    assertThat(refusal("[".repeat(1_000_000), limits, Strictness.CALLER)).contains(Reason.TOO_DEEP);
  }

  @Test
  void countsMembersAndElementsOfTheWholeDocument() {
    String json = "{\"a\":[1,2,[]],\"b\":{\"c\":{}}}";
    assertThat(refusal(json, new ScanLimits(9, 6), Strictness.CALLER)).isEmpty();
    assertThat(refusal(json, new ScanLimits(9, 5), Strictness.UPSTREAM))
        .contains(Reason.TOO_MANY_MEMBERS);
    assertThat(refusal("[]", new ScanLimits(9, 0), Strictness.CALLER)).isEmpty();
    assertThat(refusal("[0]", new ScanLimits(9, 0), Strictness.CALLER))
        .contains(Reason.TOO_MANY_MEMBERS);
  }

  /** Each of these names has the same hash of String, and of the scanner. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsSoonOnManyNamesMadeToCollide(boolean twice) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 99_999; i++) {
      json.append('"');
      for (int bit = 16; bit >= 0; bit--) {
        json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      json.append("\":0,");
    }
    json.append(twice ? "\"" + "Aa".repeat(17) + "\":0}" : "\"last\":0}");
    assertThat(refusal(json.toString()))
        .isEqualTo(twice ? Optional.of(Reason.DUPLICATE_KEY) : Optional.empty());
  }

  @Test
  void saysWhereItIsWrongWithoutSayingWhatStandsThere() {
    Payload part = Payload.of("xx{\"secret\":tru!}").slice(2, 17);
    assertThatThrownBy(() -> JsonScanner.scan(part, WANTED, LIMITS, Strictness.CALLER))
        .isInstanceOfSatisfying(
            MalformedJson.class,
            malformed -> {
              assertThat(malformed.offset()).isEqualTo(13);
              assertThat(malformed).hasMessage("not JSON at byte 13");
              assertThat(malformed.getStackTrace()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "[", "[1", "[1}", "[1,]", "[1] 2", ""})
  void givesElementsOfAnArrayOnly(String json) {
    assertThatThrownBy(() -> JsonScanner.elements(Payload.of(json), WANTED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wantsTheSameMemberOnce() {
    assertThat(WANTED.member("id")).isEqualTo(ID);
    assertThatThrownBy(WANTED::member).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WANTED.member("\ud800")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    for (int depth : new int[] {0, -1, ScanLimits.DEEPEST + 1}) {
      assertThatThrownBy(() -> new ScanLimits(depth, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new ScanLimits(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
