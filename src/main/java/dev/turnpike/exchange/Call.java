package dev.turnpike.exchange;

import dev.turnpike.rpc.Payload;
import java.util.Optional;

/**
 * What a caller asks for, in the words that policy, budget and ledger use. Protocols translate into
 * it; it never grows to hold what only one protocol knows.
 *
 * @param protocol {@code mcp} or {@code a2a}
 * @param revision the protocol revision, such as {@code 2025-11-25}
 * @param endpoint the name of the endpoint called
 * @param method the method of the protocol, such as {@code tools/call}; one of a known set
 * @param target what it is aimed at; absent for a call that concerns the conversation or a list
 * @param arguments the arguments of a tool call, a JSON object that was scanned; absent where there
 *     are none
 * @param said what a message to an agent says; absent where the protocol has no such messages
 */
public record Call(
    String protocol,
    String revision,
    String endpoint,
    Verb verb,
    String method,
    Optional<Target> target,
    Optional<Payload> arguments,
    Optional<Said> said,
    Lane lane) {
  /** Of a protocol that has no messages to agents. */
  public Call(
      String protocol,
      String revision,
      String endpoint,
      Verb verb,
      String method,
      Optional<Target> target,
      Optional<Payload> arguments,
      Lane lane) {
    this(protocol, revision, endpoint, verb, method, target, arguments, Optional.empty(), lane);
  }

  /** The same call in that lane. */
  public Call in(Lane other) {
    return new Call(protocol, revision, endpoint, verb, method, target, arguments, said, other);
  }

  /** The same call of another target, with these arguments. */
  public Call aimedAt(Target other, Optional<Payload> given) {
    return new Call(
        protocol, revision, endpoint, verb, method, Optional.of(other), given, said, lane);
  }
}
