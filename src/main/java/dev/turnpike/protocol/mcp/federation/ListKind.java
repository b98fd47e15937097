package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Method;
import java.util.Optional;

/** A list that a server has. */
enum ListKind {
  TOOLS("tools/list", "tools", "tool"),
  PROMPTS("prompts/list", "prompts", "prompt"),
  RESOURCES("resources/list", "resources", "resource"),
  TEMPLATES("resources/templates/list", "resources", "template");

  private final Method method;
  private final String capability;
  private final String word;

  ListKind(String method, String capability, String word) {
    this.method = Method.named(Era.MODERN, method).orElseThrow();
    this.capability = capability;
    this.word = word;
  }

  static Optional<ListKind> of(Method method) {
    for (ListKind kind : values()) {
      if (kind.method.name().equals(method.name())) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** One entry of it, in a word. */
  String word() {
    return word;
  }

  Method method() {
    return method;
  }

  Method.Listing listing() {
    return method.list().orElseThrow();
  }

  /** The server capability without which there is no such list. */
  String capability() {
    return capability;
  }

  /** Whether names of this kind are made of the upstream's name and its own. */
  boolean renamed() {
    return this == TOOLS || this == PROMPTS;
  }
}
