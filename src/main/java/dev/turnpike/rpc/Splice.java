package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Edits of one valid document, collected and then made in one copy. All that is not edited stays
 * byte for byte. Spans are those of the document before any edit. For one thread.
 */
public final class Splice {
  private static final Comparator<Span> IN_ORDER =
      Comparator.comparingInt(Span::start).thenComparingInt(Span::end);

  private final Payload payload;
  private final List<Edit> replacements = new ArrayList<>();
  private final List<Insertion> insertions = new ArrayList<>();
  private final TreeSet<Span> removals = new TreeSet<>(IN_ORDER);

  private record Edit(Span span, String json) {}

  private record Insertion(Span object, String member) {}

  private Splice(Payload payload) {
    this.payload = payload;
  }

  public static Splice of(Payload payload) {
    return new Splice(payload);
  }

  /** Puts the text, which must be valid where it goes, in the place of what stands there. */
  public Splice replace(Span span, String json) {
    replacements.add(new Edit(span, json));
    return this;
  }

  /**
   * Adds a member behind the last of this object.
   *
   * @param object the span of the whole object, braces included
   * @param name decoded; the object must not have it, or lose it in the same splice
   */
  public Splice insertMember(Span object, String name, String valueJson) {
    if (payload.at(object.start()) != '{' || payload.at(object.end() - 1) != '}') {
      throw new IllegalArgumentException("not an object");
    }
    insertions.add(new Insertion(object, JsonText.quote(name) + ":" + valueJson));
    return this;
  }

  /**
   * Removes a member with the comma that it needed; a member that is absent is removed already.
   *
   * @param scan of this document or of a part of it
   */
  public Splice removeMember(Scan scan, Wanted.Member member) {
    if (scan.has(member)) {
      int zero = scan.spanIn(payload).start();
      Span span = scan.memberSpan(member);
      removals.add(new Span(zero + span.start(), zero + span.end()));
    }
    return this;
  }

  /** Removes a member that was found in this document. */
  public Splice removeMember(JsonScanner.Named member) {
    int start = member.whole().offset() - payload.offset();
    removals.add(new Span(start, start + member.whole().size()));
    return this;
  }

  /**
   * Removes the elements of this array that are not among the kept.
   *
   * @param array the span of the whole array, brackets included
   * @param kept spans of elements, as {@link Scan#spanIn} of the document gives them
   */
  public Splice keepElements(Span array, List<Span> kept) {
    Set<Span> unseen = new HashSet<>(kept);
    for (Scan element : JsonScanner.elements(payload.slice(array), Wanted.NOTHING)) {
      Span span = element.spanIn(payload);
      if (!unseen.remove(span)) {
        removals.add(span);
      }
    }
    if (!unseen.isEmpty()) {
      throw new IllegalArgumentException("a kept span is not an element");
    }
    return this;
  }

  /**
   * The document with all edits made; the same payload when there was none.
   *
   * @throws IllegalArgumentException when edits overlap
   */
  public Payload apply() {
    List<Span> gone = runs();
    List<Edit> edits = new ArrayList<>(replacements);
    for (Span run : gone) {
      edits.add(new Edit(withComma(run), ""));
    }
    addInsertions(edits, gone);
    return edits.isEmpty() ? payload : copy(edits);
  }

  /** Removals, with neighbours made one: what is between neighbours is one comma. */
  private List<Span> runs() {
    List<Span> runs = new ArrayList<>();
    for (Span removal : removals) {
      if (!runs.isEmpty()) {
        Span last = runs.getLast();
        int comma = right(last.end());
        if (payload.at(comma) == ',' && right(comma + 1) == removal.start()) {
          runs.set(runs.size() - 1, new Span(last.start(), removal.end()));
          continue;
        }
      }
      runs.add(removal);
    }
    return runs;
  }

  private Span withComma(Span run) {
    int after = right(run.end());
    if (payload.at(after) == ',') {
      return new Span(run.start(), right(after + 1));
    }
    int before = left(run.start());
    return payload.at(before) == ',' ? new Span(before, run.end()) : run;
  }

  private void addInsertions(List<Edit> edits, List<Span> gone) {
    Set<Span> begun = new HashSet<>();
    for (Insertion insertion : insertions) {
      Span object = insertion.object();
      int last = left(object.end() - 1);
      boolean first = begun.add(object) && (last == object.start() || emptied(object, gone));
      edits.add(new Edit(new Span(last + 1, last + 1), (first ? "" : ",") + insertion.member()));
    }
  }

  private boolean emptied(Span object, List<Span> gone) {
    Span whole = new Span(right(object.start() + 1), left(object.end() - 1) + 1);
    return gone.contains(whole);
  }

  private Payload copy(List<Edit> edits) {
    edits.sort(Comparator.comparing(Edit::span, IN_ORDER));
    List<byte[]> texts = new ArrayList<>(edits.size());
    int size = payload.size();
    int done = 0;
    for (Edit edit : edits) {
      if (edit.span().start() < done) {
        throw new IllegalArgumentException("edits overlap");
      }
      done = edit.span().end();
      byte[] text = edit.json().getBytes(UTF_8);
      texts.add(text);
      size = Math.addExact(size, text.length - edit.span().length());
    }
    byte[] out = new byte[size];
    int from = 0;
    int to = 0;
    for (int i = 0; i < edits.size(); i++) {
      Span span = edits.get(i).span();
      int untouched = span.start() - from;
      System.arraycopy(payload.array(), payload.offset() + from, out, to, untouched);
      to += untouched;
      System.arraycopy(texts.get(i), 0, out, to, texts.get(i).length);
      to += texts.get(i).length;
      from = span.end();
    }
    System.arraycopy(payload.array(), payload.offset() + from, out, to, payload.size() - from);
    return Payload.of(out);
  }

  /** The first byte from here on that is not white space. */
  private int right(int from) {
    int at = from;
    while (white(payload.at(at))) {
      at++;
    }
    return at;
  }

  /** The last byte before this one that is not white space. */
  private int left(int before) {
    int at = before - 1;
    while (white(payload.at(at))) {
      at--;
    }
    return at;
  }

  private static boolean white(byte here) {
    return here == ' ' || here == '\n' || here == '\r' || here == '\t';
  }
}
