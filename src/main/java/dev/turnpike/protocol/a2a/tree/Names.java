package dev.turnpike.protocol.a2a.tree;

/** The two spellings that a member may have. */
final class Names {
  private Names() {}

  /** As ProtoJSON spells a name of a field: {@code task_id} is {@code taskId}. */
  static String camel(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean up = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        up = true;
      } else {
        camel.append(up && c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
        up = false;
      }
    }
    return camel.toString();
  }
}
