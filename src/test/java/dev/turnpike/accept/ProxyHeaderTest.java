package dev.turnpike.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.exchange.Peer;
import dev.turnpike.testkit.ProxyBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What a mesh's proxy writes, and what nobody who can be trusted does. */
class ProxyHeaderTest {
  private static final String PLANNER = "spiffe://cluster.local/ns/agents/sa/planner";

  private static Peer read(byte[] header) throws ProxyHeader.Malformed {
    assertThat(ProxyHeader.length(Arrays.copyOf(header, ProxyHeader.PREFIX)))
        .isEqualTo(header.length);
    return ProxyHeader.read(header);
  }

  private static void refused(byte[] header, String why) {
    assertThatThrownBy(() -> read(header))
        .isInstanceOf(ProxyHeader.Malformed.class)
        .hasMessageContaining(why);
  }

  @Test
  void theCallerIsInItsOwnTlv() throws ProxyHeader.Malformed {
    assertThat(read(ProxyBytes.naming(PLANNER))).isEqualTo(new Peer.Announced(PLANNER));
    assertThat(read(new ProxyBytes(0x21, 0x21).caller(PLANNER).bytes()))
        .isEqualTo(new Peer.Announced(PLANNER));
    assertThat(read(new ProxyBytes(0x21, 0x00).tlv(0x04, "noop").caller(PLANNER).bytes()))
        .isEqualTo(new Peer.Announced(PLANNER));
  }

  @Test
  void whoeverIsNotNamedIsNobody() throws ProxyHeader.Malformed {
    assertThat(read(new ProxyBytes(0x21, 0x11).bytes())).isEqualTo(Peer.UNKNOWN);
    assertThat(read(new ProxyBytes(0x21, 0x11).tlv(0x02, "host").bytes())).isEqualTo(Peer.UNKNOWN);
  }

  @Test
  void theProxyItselfIsNobodyWhateverItSays() throws ProxyHeader.Malformed {
    assertThat(read(new ProxyBytes(0x20, 0x11).caller(PLANNER).bytes())).isEqualTo(Peer.UNKNOWN);
  }

  @Test
  void whatIsNoHeaderIsRefused() {
    refused("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "begin");
    refused(new ProxyBytes(0x11, 0x11).bytes(), "another version");
    refused(new ProxyBytes(0x22, 0x11).bytes(), "another version or command");
    refused(new ProxyBytes(0x21, 0x12).bytes(), "no TCP connection");
    refused(new ProxyBytes(0x21, 0x31).bytes(), "no TCP connection");
    refused(new ProxyBytes(0x21, 0x11).caller("s".repeat(3_000)).bytes(), "longer than");
    refused(new ProxyBytes(0x21, 0x11).caller(PLANNER).caller(PLANNER).bytes(), "two callers");
    refused(new ProxyBytes(0x21, 0x11).caller("spiffe://a b").bytes(), "printable ASCII");
    refused(new ProxyBytes(0x21, 0x11).caller("spiffe://\u0000").bytes(), "printable ASCII");
    refused(new ProxyBytes(0x21, 0x11).raw(new byte[] {(byte) 0xD0}).bytes(), "within a TLV");
    refused(
        new ProxyBytes(0x21, 0x11).raw(new byte[] {(byte) 0xD0, 0, 9, 'a'}).bytes(),
        "within a TLV");
    byte[] cut = new ProxyBytes(0x21, 0x11).bytes();
    cut[15] = 4;
    refused(Arrays.copyOf(cut, 20), "within its addresses");
  }

  @Test
  void aChecksumHasToBeItsOwn() throws ProxyHeader.Malformed {
    byte[] header = new ProxyBytes(0x21, 0x11).tlv(0x03, "\0\0\0\0").caller(PLANNER).bytes();
    refused(header.clone(), "checksum that is not its own");
    CRC32C sum = new CRC32C();
    sum.update(header, 0, header.length);
    ByteBuffer.wrap(header).putInt(16 + 12 + 3, (int) sum.getValue());
    assertThat(read(header)).isEqualTo(new Peer.Announced(PLANNER));
    refused(new ProxyBytes(0x21, 0x11).tlv(0x03, "12").bytes(), "another size");
  }
}
