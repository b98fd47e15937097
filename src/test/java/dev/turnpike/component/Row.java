package dev.turnpike.component;

import dev.turnpike.testkit.RawRequest;

/**
 * A request that must be refused.
 *
 * @param code of the JSON-RPC error; 0 where no JSON is wanted
 * @param id that the error carries, as it is written; empty for no {@code id} member at all
 */
record Row(String what, RawRequest request, int status, int code, String id) {
  Row(String what, RawRequest request, int status, int code) {
    this(what, request, status, code, "");
  }

  @Override
  public String toString() {
    return what;
  }
}
