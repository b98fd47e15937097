package dev.turnpike.flags;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where switches are kept: of one process, or of all replicas. Fails where it is away. */
public interface SwitchStore {
  /** Everything that is kept. */
  CompletionStage<Switches> read();

  /** Keeps one, in the place of that for the same key and tenant. */
  CompletionStage<?> put(Switched switched);

  /** Takes one back; nothing where there is none. */
  CompletionStage<?> remove(String key, Optional<String> tenant);
}
