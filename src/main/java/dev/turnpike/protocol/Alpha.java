package dev.turnpike.protocol;

/** A protocol that may vanish. It is asked for requests that bear its signs, and for no others. */
public interface Alpha extends Protocol, Experimental {
  @Override
  String id();
}
