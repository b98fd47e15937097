package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** Headers of version 2 of the PROXY protocol, good and bad, byte by byte. */
public final class ProxyBytes {
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };

  private final int command;
  private final int family;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  /**
   * @param command with the version, such as 0x21
   * @param family with the transport; its addresses are written, all zeros
   */
  public ProxyBytes(int command, int family) {
    this.command = command;
    this.family = family;
    rest.writeBytes(new byte[family == 0x11 || family == 0x12 ? 12 : family == 0x21 ? 36 : 0]);
  }

  /** Of a TCP connection of that caller. */
  public static byte[] naming(String caller) {
    return new ProxyBytes(0x21, 0x11).caller(caller).bytes();
  }

  public ProxyBytes caller(String name) {
    return tlv(0xD0, name);
  }

  /** A TLV with those characters as bytes. */
  public ProxyBytes tlv(int type, String value) {
    rest.write(type);
    rest.write(value.length() >> 8);
    rest.write(value.length());
    rest.writeBytes(value.getBytes(ISO_8859_1));
    return this;
  }

  public ProxyBytes raw(byte[] bytes) {
    rest.writeBytes(bytes);
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(SIGNATURE);
    all.write(command);
    all.write(family);
    all.write(rest.size() >> 8);
    all.write(rest.size());
    all.writeBytes(rest.toByteArray());
    return all.toByteArray();
  }
}
