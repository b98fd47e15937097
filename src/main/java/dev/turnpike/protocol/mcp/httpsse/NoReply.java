package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;

/** The way back to nobody: of a request that Turnpike makes for a caller by itself. */
final class NoReply implements Reply {
  private boolean committed;

  @Override
  public void header(String name, String value) {}

  @Override
  public void answer(int status, String contentType, Payload body) {
    committed = true;
  }

  @Override
  public EventSink stream() {
    throw new IllegalStateException("nobody listens");
  }

  @Override
  public boolean committed() {
    return committed;
  }

  @Override
  public void onGone(Runnable action) {}
}
