package dev.turnpike.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which of the two protocols an entry of {@code upstreams} or {@code endpoints} is about. */
final class Wires {
  private Wires() {}

  /**
   * The one that is given; tells where it is none or both.
   *
   * @param expected in the place of a {@code mcp} that is missing
   */
  static Optional<Wire> of(Section section, String expected) {
    boolean mcp = section.field(Wire.MCP.word()).isPresent();
    boolean a2a = section.field(Wire.A2A.word()).isPresent();
    if (mcp && a2a) {
      section.problem("a2a", "found mcp too, expected one of the two");
      return Optional.empty();
    }
    if (!mcp && !a2a) {
      section.missing("mcp", "is missing, expected " + expected);
      return Optional.empty();
    }
    return Optional.of(mcp ? Wire.MCP : Wire.A2A);
  }

  /**
   * Every name that {@code upstreams} gives, also to what is wrong, with what it is; empty where
   * that cannot be told.
   */
  static Map<String, Optional<Wire>> given(Optional<Field> upstreams) {
    Map<String, Optional<Wire>> given = new LinkedHashMap<>();
    if (upstreams.isPresent() && upstreams.get().piece() instanceof Piece.Members members) {
      members.members().forEach(member -> given.put(member.key(), of(member.value())));
    }
    return given;
  }

  private static Optional<Wire> of(Piece piece) {
    if (!(piece instanceof Piece.Members members)) {
      return Optional.empty();
    }
    boolean mcp = has(members, Wire.MCP);
    return mcp == has(members, Wire.A2A)
        ? Optional.empty()
        : Optional.of(mcp ? Wire.MCP : Wire.A2A);
  }

  private static boolean has(Piece.Members members, Wire wire) {
    return members.members().stream().anyMatch(member -> member.key().equals(wire.word()));
  }
}
