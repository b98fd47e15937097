package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.turnpike.rpc.Wanted.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same edits, by splicing bytes and by changing a tree. */
class SpliceTwinTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final ScanLimits LIMITS = new ScanLimits(20, 10_000);
  private static final Wanted WANTED = new Wanted();
  private static final Map<Member, String> OUTER = new LinkedHashMap<>();
  private static final Map<Member, Map<Member, String>> INNER = new LinkedHashMap<>();

  static {
    for (String name : RandomJson.NAMES) {
      Member member = WANTED.member(name);
      OUTER.put(member, name);
      Map<Member, String> inner = new LinkedHashMap<>();
      for (String second : RandomJson.NAMES) {
        inner.put(WANTED.member(name, second), second);
      }
      INNER.put(member, inner);
    }
  }

  private final Splicing edits = new Splicing();

  /** Makes each edit twice. */
  private static final class Splicing {
    private SplittableRandom random = new SplittableRandom(0);

    void object(Splice splice, Scan scan, Span span, ObjectNode node, Map<Member, String> members) {
      members.forEach((member, name) -> edit(splice, scan, member, node, name));
      for (int left = random.nextInt(3); left > 0; left--) {
        splice.insertMember(span, "new" + left, "[" + left + "]");
        node.putArray("new" + left).add(left);
      }
    }

    private void edit(Splice splice, Scan scan, Member member, ObjectNode node, String name) {
      boolean has = scan.has(member);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          splice.removeMember(scan, member);
          node.remove(name);
        }
        case 2 -> {
          if (has) {
            splice.replace(scan.span(member), "\"é\"");
            node.put(name, "é");
          }
        }
        default -> {
          Map<Member, String> inner = INNER.getOrDefault(member, Map.of());
          if (scan.type(member) == JsonType.OBJECT && !inner.isEmpty()) {
            object(splice, scan, scan.span(member), (ObjectNode) node.get(name), inner);
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void splicesToWhatATreeWouldBecome(long seed) throws Exception {
    edits.random = new SplittableRandom(seed);
    RandomJson documents = new RandomJson(edits.random);
    int compared = 0;
    for (int i = 0; i < 2_000; i++) {
      Payload json = Payload.of(documents.document());
      if (NaiveJson.read(json.text().getBytes(UTF_8), LIMITS, Strictness.CALLER).isEmpty()) {
        continue;
      }
      Scan scan = JsonScanner.scan(json, WANTED, LIMITS, Strictness.CALLER);
      JsonNode tree = JACKSON.readTree(json.text());
      if (tree instanceof ObjectNode node) {
        compared++;
        Splice splice = Splice.of(json);
        int start = json.text().indexOf('{');
        Span root = new Span(start, json.text().strip().getBytes(UTF_8).length + start);
        edits.object(splice, scan, root, node, OUTER);
        Payload spliced = splice.apply();
        Scan again = JsonScanner.scan(spliced, WANTED, LIMITS, Strictness.CALLER);
        assertThat(JACKSON.readTree(again.payload().text())).as(json.text()).isEqualTo(node);
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }
}
