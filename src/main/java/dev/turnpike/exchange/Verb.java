package dev.turnpike.exchange;

/** What a call does, in the words that rules and budgets use. */
public enum Verb {
  /** Runs a tool. */
  INVOKE,
  /** Lists what there is. */
  DISCOVER,
  /** Fetches a prompt, a resource or a completion. */
  READ,
  /** Asks to be told of changes. */
  SUBSCRIBE,
  /** Looks after work that was begun: needs a rule, and is never over a budget. */
  FOLLOW,
  /** Opens, keeps and ends a conversation: needs no rule of its own and no budget. */
  CONTROL
}
