package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members that a reader wants found in a document, compiled once into a trie of names.
 *
 * <p>Build it in a static initialiser; afterwards any number of threads may scan with it. Adding a
 * member while another thread scans is not safe.
 */
public final class Wanted {
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
    final byte[] bytes;
    final int hash;
    final List<Node> children = new ArrayList<>();

    /** Negative when only longer paths lead through here. */
    int slot = -1;

    Node(String name) {
      this.name = name;
      this.bytes = name.getBytes(UTF_8);
      this.hash = Key.hash(bytes, 0, bytes.length);
    }

    private Node childOrNew(String wanted) {
      @Nullable Node known = null;
      for (Node child : children) {
        if (child.name.equals(wanted)) {
          known = child;
        }
      }
      if (known == null) {
        known = new Node(wanted);
        children.add(known);
      }
      return known;
    }
  }
}
