package dev.turnpike.rpc;

import dev.turnpike.rpc.MalformedJson.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a document and finds the wanted members, in one pass over its bytes and without a tree.
 * Strict RFC 8259: UTF-8 without a byte order mark, no extension, and no member name twice in one
 * object, compared as decoded.
 */
public final class JsonScanner {
  /** For what was scanned before, within limits no wider than these. */
  private static final ScanLimits ADMITTED = new ScanLimits(ScanLimits.DEEPEST, Integer.MAX_VALUE);

  private JsonScanner() {}

  /**
   * Scans one document, which white space may surround.
   *
   * @throws MalformedJson at the first byte that is wrong or over a limit
   */
  public static Scan scan(Payload json, Wanted wanted, ScanLimits limits, Strictness strictness)
      throws MalformedJson {
    int zero = json.offset();
    Pass pass = new Pass(json, limits, strictness);
    int[] found = Scan.table(wanted.slots());
    try {
      int start = pass.space(zero);
      int end = pass.space(pass.root(start, found, zero, wanted.root()));
      if (end < zero + json.size()) {
        throw new MalformedJson(Reason.TRAILING, end);
      }
      return new Scan(json, wanted, Pass.type(json.array()[start]), found);
    } catch (MalformedJson counted) {
      throw counted.countedFrom(zero);
    }
  }

  /**
   * The elements of an array that is, or is a part of, a document scanned before: each with a
   * payload that is exactly the element, and with wanted paths that begin at it.
   *
   * @throws IllegalArgumentException when this is not a valid array
   */
  public static List<Scan> elements(Payload array, Wanted wanted) {
    Pass pass = new Pass(array, ADMITTED, Strictness.UPSTREAM);
    List<Scan> elements = new ArrayList<>();
    try {
      int open = pass.space(array.offset());
      if (pass.at(open) != '[') {
        throw new IllegalArgumentException("not an array");
      }
      int at = pass.space(open + 1);
      boolean more = pass.at(at) != ']';
      while (more) {
        int[] found = Scan.table(wanted.slots());
        int end = pass.root(at, found, at, wanted.root());
        Payload element = array.slice(at - array.offset(), end - array.offset());
        elements.add(new Scan(element, wanted, Pass.type(element.at(0)), found));
        at = pass.space(end);
        more = pass.at(at) == ',';
        at = more ? pass.space(at + 1) : at;
      }
      if (pass.at(at) != ']' || pass.space(at + 1) != array.offset() + array.size()) {
        throw new MalformedJson(Reason.SYNTAX, at);
      }
      return elements;
    } catch (MalformedJson unscanned) {
      throw new IllegalArgumentException("not scanned before", unscanned);
    }
  }

  /**
   * A member of an object.
   *
   * @param name decoded
   * @param value as it stands in the document
   * @param whole likewise, from the name to the end of the value
   */
  public record Named(String name, Payload value, Payload whole) {}

  /**
   * The members of an object that is, or is a part of, a document scanned before, in written order.
   *
   * @throws IllegalArgumentException when this is not a valid object
   */
  public static List<Named> members(Payload object) {
    Pass pass = new Pass(object, ADMITTED, Strictness.UPSTREAM);
    List<Named> members = new ArrayList<>();
    int zero = object.offset();
    try {
      int open = pass.space(zero);
      if (pass.at(open) != '{') {
        throw new IllegalArgumentException("not an object");
      }
      int at = pass.space(open + 1);
      boolean more = pass.at(at) != '}';
      while (more) {
        int colon = pass.space(pass.root(at, new int[0], at, Wanted.NOTHING.root()));
        String name = JsonText.decode(object.slice(at - zero, colon - zero));
        int start = pass.space(colon + 1);
        int end = pass.root(start, new int[0], start, Wanted.NOTHING.root());
        members.add(
            new Named(
                name, object.slice(start - zero, end - zero), object.slice(at - zero, end - zero)));
        at = pass.space(end);
        more = pass.at(at) == ',';
        at = more ? pass.space(at + 1) : at;
      }
      if (pass.at(at) != '}' || pass.space(at + 1) != zero + object.size()) {
        throw new MalformedJson(Reason.SYNTAX, at);
      }
      return members;
    } catch (MalformedJson unscanned) {
      throw new IllegalArgumentException("not scanned before", unscanned);
    }
  }
}
