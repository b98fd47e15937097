package dev.turnpike.architecture.offenders.authorize;

/** A proof that anybody can make by making less of it. */
public class Permitted {
  Permitted() {}
}
