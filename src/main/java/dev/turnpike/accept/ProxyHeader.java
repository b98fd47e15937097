package dev.turnpike.accept;

import dev.turnpike.exchange.Peer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The header that a proxy puts before the first byte of a connection: version 2 of the PROXY
 * protocol, of which ztunnel writes the name of the caller into TLV {@code 0xD0}.
 */
final class ProxyHeader {
  /** Bytes before the length is known. */
  static final int PREFIX = 16;

  /** Bytes in all. */
  static final int LONGEST = 2_048;

  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int CHECKSUM = 0x03;
  private static final int CALLER = 0xD0;

  private ProxyHeader() {}

  /** The bytes are no such header. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String why) {
      super(why, null, false, false);
    }
  }

  /** How long it is, from its first {@value #PREFIX} bytes. */
  static int length(byte[] prefix) throws Malformed {
    if (!Arrays.equals(prefix, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new Malformed("does not begin as version 2 does");
    }
    int command = prefix[12] & 0xff;
    if (command != PROXY && command != LOCAL) {
      throw new Malformed("has another version or command");
    }
    int length = PREFIX + ((prefix[14] & 0xff) << 8 | prefix[15] & 0xff);
    if (length > LONGEST) {
      throw new Malformed("is longer than " + LONGEST + " bytes");
    }
    return length;
  }

  /** Who it says is at the other end, from all of its bytes. */
  static Peer read(byte[] header) throws Malformed {
    if ((header[12] & 0xff) == LOCAL) {
      // the proxy itself is calling, to see whether somebody is there
      return Peer.UNKNOWN;
    }
    ByteBuffer bytes = ByteBuffer.wrap(header).position(PREFIX);
    int addresses = addresses(header[13] & 0xff);
    if (bytes.remaining() < addresses) {
      throw new Malformed("ends within its addresses");
    }
    bytes.position(PREFIX + addresses);
    Optional<String> caller = Optional.empty();
    while (bytes.hasRemaining()) {
      if (bytes.remaining() < 3) {
        throw new Malformed("ends within a TLV");
      }
      int type = bytes.get() & 0xff;
      int size = bytes.getShort() & 0xffff;
      if (bytes.remaining() < size) {
        throw new Malformed("ends within a TLV");
      }
      int at = bytes.position();
      bytes.position(at + size);
      if (type == CALLER) {
        if (caller.isPresent()) {
          throw new Malformed("names two callers");
        }
        caller = Optional.of(ascii(header, at, size));
      } else if (type == CHECKSUM) {
        check(header, at, size);
      }
    }
    return caller.<Peer>map(Peer.Announced::new).orElse(Peer.UNKNOWN);
  }

  private static int addresses(int family) throws Malformed {
    return switch (family) {
      case 0x00 -> 0;
      case 0x11 -> 12;
      case 0x21 -> 36;
      default -> throw new Malformed("is of no TCP connection");
    };
  }

  private static String ascii(byte[] header, int at, int size) throws Malformed {
    StringBuilder text = new StringBuilder(size);
    for (int i = at; i < at + size; i++) {
      if (header[i] <= ' ' || header[i] > '~') {
        throw new Malformed("names a caller in other than printable ASCII");
      }
      text.append((char) header[i]);
    }
    return text.toString();
  }

  private static void check(byte[] header, int at, int size) throws Malformed {
    if (size != Integer.BYTES) {
      throw new Malformed("has a checksum of another size");
    }
    byte[] zeroed = header.clone();
    Arrays.fill(zeroed, at, at + size, (byte) 0);
    CRC32C sum = new CRC32C();
    sum.update(zeroed, 0, zeroed.length);
    if ((int) sum.getValue() != ByteBuffer.wrap(header).getInt(at)) {
      throw new Malformed("has a checksum that is not its own");
    }
  }
}
