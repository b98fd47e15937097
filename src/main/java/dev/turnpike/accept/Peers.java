package dev.turnpike.accept;

import dev.turnpike.exchange.Peer;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Finds out, once for each connection, what it proves of its other end. */
final class Peers {
  private static final AttributeKey<Peer> KEY = AttributeKey.valueOf("turnpike.peer");
  private static final int URI = 6;

  private Peers() {}

  /** The proxy before the connection has said who is at its other end. */
  static void announced(Channel channel, Peer peer) {
    channel.attr(KEY).set(peer);
  }

  static Peer of(HttpConnection connection) {
    if (!(connection instanceof ConnectionBase base)) {
      return Peer.UNKNOWN;
    }
    Channel channel = base.channelHandlerContext().channel();
    Peer known = channel.attr(KEY).get();
    if (known == null) {
      known = certified(connection.sslSession());
      channel.attr(KEY).set(known);
    }
    return known;
  }

  private static Peer certified(@Nullable SSLSession session) {
    if (session == null) {
      return Peer.UNKNOWN;
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? new Peer.Certified(uris(own))
          : Peer.UNKNOWN;
    } catch (SSLPeerUnverifiedException none) {
      return Peer.UNKNOWN;
    }
  }

  // one that cannot be read names nobody: a certificate was sent all the same
  private static List<String> uris(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> Integer.valueOf(URI).equals(name.getFirst()))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }
}
