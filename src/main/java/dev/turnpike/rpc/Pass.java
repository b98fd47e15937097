package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.MalformedJson.Reason;
import dev.turnpike.rpc.Wanted.Node;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a document. Each method takes the position where its piece begins and gives the one
 * where it ends; positions are those of the array. It recurses once per level, so the depth limit
 * bounds the stack.
 */
final class Pass {
  private final byte[] bytes;
  private final int limit;
  private final ScanLimits limits;
  private final boolean halves;
  private final Names names;
  private int members;

  /** Where the found members are noted, as distances from the origin. */
  private int[] found = {};

  private int origin;

  Pass(Payload json, ScanLimits limits, Strictness strictness) {
    this.bytes = json.array();
    this.limit = json.offset() + json.size();
    this.limits = limits;
    this.halves = strictness == Strictness.UPSTREAM;
    this.names = new Names(bytes);
  }

  /** The value that begins here, with all that is in it. */
  int root(int at, int[] table, int zero, Node wanted) throws MalformedJson {
    found = table;
    origin = zero;
    return value(at, 0, wanted);
  }

  int space(int at) {
    int next = at;
    while (next < limit) {
      byte here = bytes[next];
      if (here > ' ' || here != ' ' && here != '\n' && here != '\r' && here != '\t') {
        return next;
      }
      next++;
    }
    return next;
  }

  byte at(int position) throws MalformedJson {
    if (position >= limit) {
      throw new MalformedJson(Reason.TRUNCATED, limit);
    }
    return bytes[position];
  }

  /** What a value is, judged by the first byte of it. */
  static JsonType type(byte first) {
    return switch (first) {
      case '{' -> JsonType.OBJECT;
      case '[' -> JsonType.ARRAY;
      case '"' -> JsonType.STRING;
      case 't' -> JsonType.TRUE;
      case 'f' -> JsonType.FALSE;
      case 'n' -> JsonType.NULL;
      default -> JsonType.NUMBER;
    };
  }

  private int value(int at, int depth, @Nullable Node wanted) throws MalformedJson {
    return switch (at(at)) {
      case '{' -> object(at, depth + 1, wanted);
      case '[' -> array(at, depth + 1);
      case '"' -> {
        int end = Strings.end(bytes, at, limit, halves);
        yield end < 0 ? ~end : end;
      }
      case 't' -> literal(at, "true");
      case 'f' -> literal(at, "false");
      case 'n' -> literal(at, "null");
      default -> number(at);
    };
  }

  private int object(int open, int depth, @Nullable Node wanted) throws MalformedJson {
    deeper(open, depth);
    int object = names.open();
    Set<String> many = null;
    int at = space(open + 1);
    if (at(at) == '}') {
      return at + 1;
    }
    while (true) {
      count(at);
      int key = at;
      int end = name(key);
      boolean escaped = end < 0;
      end = escaped ? ~end : end;
      String decoded = escaped ? JsonText.decode(bytes, key + 1, end - 1) : null;
      int hash = hash(key + 1, end - 1, decoded);
      many = unique(object, many, hash, key, end, decoded);
      Node child = wanted == null ? null : child(wanted, hash, key, end, decoded);
      at = space(end);
      if (at(at) != ':') {
        throw new MalformedJson(Reason.SYNTAX, at);
      }
      int start = space(at + 1);
      int stop = value(start, depth, child);
      if (child != null && child.slot >= 0) {
        note(child.slot, key, start, stop);
      }
      at = space(stop);
      byte after = at(at);
      if (after == '}') {
        names.close(object);
        return at + 1;
      } else if (after != ',') {
        throw new MalformedJson(Reason.SYNTAX, at);
      }
      at = space(at + 1);
    }
  }

  private int name(int key) throws MalformedJson {
    if (at(key) != '"') {
      throw new MalformedJson(Reason.SYNTAX, key);
    }
    return Strings.end(bytes, key, limit, halves);
  }

  private int hash(int start, int end, @Nullable String decoded) {
    if (decoded == null) {
      return Names.hash(bytes, start, end);
    }
    byte[] plain = decoded.getBytes(UTF_8);
    return Names.hash(plain, 0, plain.length);
  }

  private @Nullable Set<String> unique(
      int object, @Nullable Set<String> many, int hash, int key, int end, @Nullable String decoded)
      throws MalformedJson {
    boolean isNew;
    Set<String> all = many;
    if (all == null && names.few(object)) {
      isNew = names.addNew(object, hash, key + 1, end - 1, decoded != null);
    } else {
      if (all == null) {
        all = names.decoded(object);
      }
      isNew = all.add(decoded != null ? decoded : JsonText.decode(bytes, key + 1, end - 1));
    }
    if (!isNew) {
      throw new MalformedJson(Reason.DUPLICATE_KEY, key);
    }
    return all;
  }

  private @Nullable Node child(Node wanted, int hash, int key, int end, @Nullable String decoded) {
    return decoded == null ? wanted.child(hash, bytes, key + 1, end - 1) : wanted.child(decoded);
  }

  private void note(int slot, int key, int start, int end) {
    Scan.note(found, slot, key - origin, start - origin, end - origin, type(bytes[start]));
  }

  private int array(int open, int depth) throws MalformedJson {
    deeper(open, depth);
    int at = space(open + 1);
    if (at(at) == ']') {
      return at + 1;
    }
    while (true) {
      count(at);
      at = space(value(at, depth, null));
      byte after = at(at);
      if (after == ']') {
        return at + 1;
      } else if (after != ',') {
        throw new MalformedJson(Reason.SYNTAX, at);
      }
      at = space(at + 1);
    }
  }

  private void deeper(int open, int depth) throws MalformedJson {
    if (depth > limits.depth()) {
      throw new MalformedJson(Reason.TOO_DEEP, open);
    }
  }

  private void count(int at) throws MalformedJson {
    if (members == limits.members()) {
      throw new MalformedJson(Reason.TOO_MANY_MEMBERS, at);
    }
    members++;
  }

  private int literal(int at, String word) throws MalformedJson {
    for (int i = 0; i < word.length(); i++) {
      if (at(at + i) != word.charAt(i)) {
        throw new MalformedJson(Reason.SYNTAX, at + i);
      }
    }
    return at + word.length();
  }

  private int number(int at) throws MalformedJson {
    int first = bytes[at] == '-' ? at + 1 : at;
    int next = at(first) == '0' ? first + 1 : digits(first);
    if (next < limit && bytes[next] == '.') {
      next = digits(next + 1);
    }
    if (next < limit && (bytes[next] | 0x20) == 'e') {
      byte sign = at(next + 1);
      next = digits(sign == '+' || sign == '-' ? next + 2 : next + 1);
    }
    return next;
  }

  /** One digit at least. */
  private int digits(int at) throws MalformedJson {
    byte first = at(at);
    if (first < '0' || first > '9') {
      throw new MalformedJson(Reason.SYNTAX, at);
    }
    int next = at + 1;
    while (next < limit && bytes[next] >= '0' && bytes[next] <= '9') {
      next++;
    }
    return next;
  }
}
