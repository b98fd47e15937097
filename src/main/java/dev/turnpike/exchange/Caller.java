package dev.turnpike.exchange;

import java.util.Optional;

/** Who is calling, proven: a workload from the mesh and, where a token came along, a subject. */
public record Caller(Optional<Workload> workload, Optional<Subject> subject) {
  /** A caller without identity, on an endpoint that lets such callers in. */
  public static final Caller ANONYMOUS = new Caller(Optional.empty(), Optional.empty());

  /** What to call this caller in the ledger and the log: the subject, else the workload. */
  public String name() {
    return subject.map(Subject::subject).or(() -> workload.map(Workload::id)).orElse("anonymous");
  }

  /** The tenant, or {@code none}. */
  public String tenant() {
    return subject.map(Subject::tenant).filter(t -> !t.isEmpty()).orElse("none");
  }
}
