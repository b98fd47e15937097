package dev.turnpike.architecture.offenders.budget;

/** A proof that anybody can make. */
public final class Reserved {
  public Reserved() {}
}
