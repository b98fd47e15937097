package dev.turnpike.rpc;

public final class RpcReader {
  private RpcReader() {}

  public static RpcMessage read(Scan scan) throws NotRpc {
    throw new UnsupportedOperationException();
  }
}
