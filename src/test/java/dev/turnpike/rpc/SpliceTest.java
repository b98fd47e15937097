package dev.turnpike.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.rpc.Wanted.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpliceTest {
  private static final Wanted WANTED = new Wanted();
  private static final Member A = WANTED.member("a");
  private static final Member B = WANTED.member("b");
  private static final Member C = WANTED.member("c");
  private static final Member INNER = WANTED.member("a", "x");

  private static Scan scan(String json) throws MalformedJson {
    return JsonScanner.scan(
        Payload.of("zz" + json + "zz").slice(2, 2 + json.length()),
        WANTED,
        new ScanLimits(9, 999),
        Strictness.CALLER);
  }

  private static Span whole(Scan scan) {
    return new Span(0, scan.payload().size());
  }

  @Test
  void givesTheSamePayloadWhenNothingIsEdited() throws MalformedJson {
    Scan scan = scan("{\"b\":1}");
    assertThat(Splice.of(scan.payload()).removeMember(scan, A).apply()).isSameAs(scan.payload());
  }

  @Test
  void replacesValuesInAnyOrderOfAsking() throws MalformedJson {
    Scan scan = scan("{ \"a\" : 1 , \"b\" : \"two\" }");
    Payload spliced =
        Splice.of(scan.payload())
            .replace(scan.span(B), "\"é\"")
            .replace(scan.span(A), "[]")
            .apply();
    assertThat(spliced.text()).isEqualTo("{ \"a\" : [] , \"b\" : \"é\" }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{}|{\"n\":1}",
        "{ }|{\"n\":1 }",
        "{\"a\":0}|{\"a\":0,\"n\":1}",
        "{ \"a\" : 0 }|{ \"a\" : 0,\"n\":1 }",
        "{\"a\":{}}|{\"a\":{},\"n\":1}"
      })
  void insertsBehindTheLastMember(String json, String expected) throws MalformedJson {
    Scan scan = scan(json);
    Payload spliced = Splice.of(scan.payload()).insertMember(whole(scan), "n", "1").apply();
    assertThat(spliced.text()).isEqualTo(expected);
  }

  @Test
  void insertsManyMembersAndQuotesTheirNames() throws MalformedJson {
    Scan scan = scan("{}");
    Payload spliced =
        Splice.of(scan.payload())
            .insertMember(whole(scan), "m\"", "1")
            .insertMember(whole(scan), "n", "2")
            .apply();
    assertThat(spliced.text()).isEqualTo("{\"m\\\"\":1,\"n\":2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|{ \"b\": 2, \"c\": 3 }|{ \"b\": 2, \"c\": 3,\"n\":9 }",
        "b|{ \"a\": 1, \"c\": 3 }|{ \"a\": 1, \"c\": 3,\"n\":9 }",
        "c|{ \"a\": 1, \"b\": 2 }|{ \"a\": 1, \"b\": 2,\"n\":9 }",
        "ab|{ \"c\": 3 }|{ \"c\": 3,\"n\":9 }",
        "ba|{ \"c\": 3 }|{ \"c\": 3,\"n\":9 }",
        "ac|{ \"b\": 2 }|{ \"b\": 2,\"n\":9 }",
        "cb|{ \"a\": 1 }|{ \"a\": 1,\"n\":9 }",
        "abc|{  }|{ \"n\":9 }",
        "aabbcc|{  }|{ \"n\":9 }"
      })
  void removesMembersWithTheirCommas(String removed, String expected, String withInsertion)
      throws MalformedJson {
    Scan scan = scan("{ \"a\": 1, \"b\": 2, \"c\": 3 }");
    Splice splice = Splice.of(scan.payload());
    for (char name : removed.toCharArray()) {
      splice.removeMember(scan, name == 'a' ? A : name == 'b' ? B : C);
    }
    assertThat(splice.apply().text()).isEqualTo(expected);
    // A splice may be asked again, after one more edit.
    assertThat(splice.insertMember(whole(scan), "n", "9").apply().text().replace("{  \"n", "{ \"n"))
        .isEqualTo(withInsertion);
  }

  @Test
  void removesFromAPartOfTheDocument() throws MalformedJson {
    Payload array = Payload.of("[{\"a\":1,\"b\":2},{\"a\":3}]");
    Splice splice = Splice.of(array);
    for (Scan element : JsonScanner.elements(array, WANTED)) {
      splice.removeMember(element, A);
    }
    assertThat(splice.apply().text()).isEqualTo("[{\"b\":2},{}]");
  }

  @Test
  void insertsIntoTheOuterObjectWhenOnlyTheInnerOneIsEmptied() throws MalformedJson {
    Scan scan = scan("{\"a\":{\"x\":1}}");
    Payload spliced =
        Splice.of(scan.payload())
            .removeMember(scan, INNER)
            .insertMember(scan.span(A), "y", "2")
            .insertMember(whole(scan), "n", "3")
            .apply();
    assertThat(spliced.text()).isEqualTo("{\"a\":{\"y\":2},\"n\":3}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void keepsAnySubsetOfElements(int subset) throws MalformedJson {
    List<String> texts = List.of("1", "[2, 3]", "\"]\"", "{\"a\":[4]}");
    Scan scan = scan("{\"b\": [ " + String.join(", ", texts) + " ], \"a\":{}}");
    List<Scan> elements = JsonScanner.elements(scan.part(B), WANTED);
    List<Span> kept = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      if ((subset >> i & 1) == 1) {
        kept.add(elements.get(i).spanIn(scan.payload()));
        left.add(texts.get(i));
      }
    }
    Payload spliced = Splice.of(scan.payload()).keepElements(scan.span(B), kept).apply();
    assertThat(spliced.text()).isEqualTo("{\"b\": [ " + String.join(", ", left) + " ], \"a\":{}}");
  }

  @Test
  void refusesToKeepWhatIsNoElement() throws MalformedJson {
    Scan scan = scan("{\"b\":[10,2]}");
    assertThatThrownBy(
            () -> Splice.of(scan.payload()).keepElements(scan.span(B), List.of(new Span(6, 7))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEditsThatOverlap() throws MalformedJson {
    Scan scan = scan("{\"a\":{\"x\":1},\"b\":2}");
    Splice splice = Splice.of(scan.payload()).removeMember(scan, A).replace(scan.span(INNER), "2");
    assertThatThrownBy(splice::apply).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToInsertIntoWhatIsNoObject() throws MalformedJson {
    Scan scan = scan("{\"a\":[]}");
    assertThatThrownBy(() -> Splice.of(scan.payload()).insertMember(scan.span(A), "n", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAScanOfAnotherDocument() throws MalformedJson {
    Scan scan = scan("{\"a\":1}");
    assertThatThrownBy(() -> Splice.of(Payload.of("{\"a\":1}")).removeMember(scan, A))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
