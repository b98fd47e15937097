package dev.turnpike.observe;

import java.util.List;

/** What health is judged by. Asked from any thread; answers without waiting. */
public interface Serving {
  /** Whether the process has done all that it does before it serves. */
  boolean started();

  /** Whether a configuration is in force. */
  boolean configured();

  /** Whether it has been told to end, and only finishes what is under way. */
  boolean ending();

  /** Endpoints that wait for the issuer of tokens to be reached for the first time. */
  List<String> waiting();

  /** Whether nothing may go, since the audit trail that has to be written cannot be. */
  boolean unheard();
}
