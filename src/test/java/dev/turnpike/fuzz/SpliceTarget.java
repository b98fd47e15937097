package dev.turnpike.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The same edits, by splicing bytes and by changing Jackson's tree, at every name there is. */
final class SpliceTarget implements Target {
  /** One document with the edits of it, in the making. */
  private record Work(Payload json, Splice splice, SplittableRandom random) {}

  @Override
  public boolean judge(byte[] input) {
    SplittableRandom random = Pieces.chance(input);
    Payload json = JsonTarget.amid(input, random);
    if (Scanned.scan(json, new Wanted(), Strictness.CALLER).isEmpty()) {
      return false;
    }
    JsonNode tree = Jackson.tree(input);
    if (!tree.isContainerNode()) {
      return false;
    }
    Work work = new Work(json, Splice.of(json), random);
    int start = json.text().indexOf(tree.isObject() ? '{' : '[');
    int size = json.text().strip().getBytes(UTF_8).length;
    edit(work, new Span(start, start + size), tree, 3);
    Payload spliced = work.splice().apply();
    Scanned.own(spliced, new Wanted(), Strictness.CALLER);
    assertThat(Jackson.tree(spliced.copy())).as(spliced.text()).isEqualTo(tree);
    return true;
  }

  private static void edit(Work work, Span span, JsonNode node, int depth) {
    if (depth > 0 && node instanceof ObjectNode object) {
      members(work, span, object, depth);
    } else if (depth > 0 && node instanceof ArrayNode array) {
      elements(work, span, array, depth);
    }
  }

  private static void members(Work work, Span span, ObjectNode object, int depth) {
    Wanted wanted = new Wanted();
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.forEach(wanted::member);
    Scan scan = Scanned.own(work.json().slice(span), wanted, Strictness.CALLER);
    for (String name : names) {
      Wanted.Member member = wanted.member(name);
      Span value = scan.span(member);
      Span there = new Span(span.start() + value.start(), span.start() + value.end());
      switch (work.random().nextInt(6)) {
        case 0, 1 -> {
          work.splice().removeMember(scan, member);
          object.remove(name);
        }
        case 2 -> {
          work.splice().replace(there, "\"é\"");
          object.put(name, "é");
        }
        case 3 -> edit(work, there, object.path(name), depth - 1);
        default -> {}
      }
    }
    for (int left = work.random().nextInt(3); left > 0; left--) {
      if (!names.contains("new" + left)) {
        work.splice().insertMember(span, "new" + left, "[" + left + "]");
        object.putArray("new" + left).add(left);
      }
    }
  }

  private static void elements(Work work, Span span, ArrayNode array, int depth) {
    List<Scan> scans = JsonScanner.elements(work.json().slice(span), new Wanted());
    List<Span> kept = new ArrayList<>();
    for (int i = scans.size() - 1; i >= 0; i--) {
      Span element = scans.get(i).spanIn(work.json());
      boolean keep = work.random().nextInt(3) > 0;
      if (keep) {
        kept.add(element);
        if (scans.get(i).type() == JsonType.OBJECT) {
          edit(work, element, array.path(i), depth - 1);
        }
      } else {
        array.remove(i);
      }
    }
    work.splice().keepElements(span, kept);
  }
}
