package dev.turnpike.architecture.offenders.account;

/** Named for nothing in particular. */
record LedgerManager() {}
