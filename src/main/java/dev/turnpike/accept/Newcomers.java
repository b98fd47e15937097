package dev.turnpike.accept;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.util.function.Consumer;

/**
 * Gets hold of connections before their first byte, which neither Quarkus nor Vert.x gives. Netty
 * makes one of these for the process where {@link #enable} was called before its first server.
 */
public final class Newcomers extends ChannelInitializerExtension {
  // Netty makes the instance by its name, so there is no other way in
  private static volatile Consumer<Channel> watch = _ -> {};

  /** For Netty, by its name in {@code META-INF/services}. */
  public Newcomers() {}

  /** Makes Netty look for this class. Before any server is opened. */
  public static void enable() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  /** Hands over every connection from now on, on its event loop; takes the place of the last. */
  public static void to(Consumer<Channel> watching) {
    watch = watching;
  }

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    watch.accept(channel);
  }
}
