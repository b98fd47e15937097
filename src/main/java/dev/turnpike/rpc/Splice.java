package dev.turnpike.rpc;

import java.util.List;

public final class Splice {
  private Splice() {}

  public static Splice of(Payload payload) {
    throw new UnsupportedOperationException();
  }

  public Splice replace(Span span, String json) {
    throw new UnsupportedOperationException();
  }

  public Splice insertMember(Span object, String name, String valueJson) {
    throw new UnsupportedOperationException();
  }

  public Splice removeMember(Scan scan, Wanted.Member member) {
    throw new UnsupportedOperationException();
  }

  public Splice removeElement(Span element) {
    throw new UnsupportedOperationException();
  }

  public Splice keepElements(Span array, List<Span> kept) {
    throw new UnsupportedOperationException();
  }

  public Payload apply() {
    throw new UnsupportedOperationException();
  }
}
