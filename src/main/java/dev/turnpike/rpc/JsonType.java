package dev.turnpike.rpc;

/** What a value is, or {@link #ABSENT} for a member that the document does not have. */
public enum JsonType {
  ABSENT,
  STRING,
  NUMBER,
  TRUE,
  FALSE,
  NULL,
  OBJECT,
  ARRAY
}
