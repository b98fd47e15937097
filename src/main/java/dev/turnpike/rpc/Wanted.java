package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members that a reader wants found in a document, compiled once into a trie of names.
 *
 * <p>Build it in a static initialiser; afterwards any number of threads may scan with it. Adding a
 * member while another thread scans is not safe.
 */
public final class Wanted {
  /** Wants nothing. */
  static final Wanted NOTHING = new Wanted();

  private final Node root = new Node("");
  private int slots;
  private @Nullable RpcMembers rpc;

  /** A wanted member: the place of its span in each {@link Scan} made with this. */
  public record Member(int slot) {}

  /**
   * Wants the member at this path of names, counted from the root object. The names are decoded
   * ones and match exactly; a path leads through objects only, never into an array. Wanting the
   * same path again gives the same member.
   */
  public Member member(String... path) {
    if (path.length == 0) {
      throw new IllegalArgumentException("a path needs at least one name");
    }
    Node node = root;
    for (String name : path) {
      node = node.childOrNew(name);
    }
    if (node.slot < 0) {
      node.slot = slots++;
    }
    return new Member(node.slot);
  }

  void remember(RpcMembers members) {
    rpc = members;
  }

  /** The members that {@link RpcMembers#register} put here. */
  RpcMembers rpc() {
    if (rpc == null) {
      throw new IllegalStateException("RpcMembers were not registered with this Wanted");
    }
    return rpc;
  }

  Node root() {
    return root;
  }

  int slots() {
    return slots;
  }

  /** One name on a path. */
  static final class Node {
    final String name;

    /** Negative when only longer paths lead through here. */
    int slot = -1;

    private final byte[] bytes;
    private final int hash;
    private Node[] children = {};

    Node(String name) {
      this.name = name;
      this.bytes = name.getBytes(UTF_8);
      this.hash = Names.hash(bytes, 0, bytes.length);
      if (!new String(bytes, UTF_8).equals(name)) {
        throw new IllegalArgumentException("a name with half a surrogate pair");
      }
    }

    boolean leaf() {
      return children.length == 0;
    }

    /** The child whose name these bytes are, without quotes and without escapes. */
    @Nullable Node child(int wantedHash, byte[] from, int start, int end) {
      for (Node child : children) {
        if (child.hash == wantedHash
            && Arrays.equals(child.bytes, 0, child.bytes.length, from, start, end)) {
          return child;
        }
      }
      return null;
    }

    @Nullable Node child(String decoded) {
      for (Node child : children) {
        if (child.name.equals(decoded)) {
          return child;
        }
      }
      return null;
    }

    private Node childOrNew(String decoded) {
      Node known = child(decoded);
      if (known != null) {
        return known;
      }
      Node added = new Node(decoded);
      Node[] more = Arrays.copyOf(children, children.length + 1);
      more[children.length] = added;
      children = more;
      return added;
    }
  }
}
