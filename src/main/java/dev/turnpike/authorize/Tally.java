package dev.turnpike.authorize;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Grounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the rules say of one call, or of one entry of a list. The sum does not depend on the
 * order of the rules, only which of several that agree is named does.
 */
final class Tally {
  private static final String DEFAULT = "default";

  private final Caller caller;
  private final List<String> observed = new ArrayList<>();
  private @Nullable Rule hiding;
  private String why = "";
  private @Nullable Rule denying;
  private @Nullable Rule permitting;
  private @Nullable Rule lackingScopes;
  private @Nullable Rule unsatisfied;
  private @Nullable Rule open;
  private boolean openDeny;
  private boolean audited;

  Tally(Caller caller) {
    this.caller = caller;
  }

  /** Whether nothing that is still to come can change the answer. */
  boolean settled() {
    return hiding != null;
  }

  /** Whether the answer of this rule could change anything. */
  boolean wants(Rule rule) {
    return !rule.spec().allow()
        || (!rule.spec().observe() && (permitting == null || (rule.spec().audit() && !audited)));
  }

  void add(Rule rule, Answer answer) {
    if (!rule.spec().allow()) {
      deny(rule, answer);
    } else if (!rule.spec().observe()) {
      allow(rule, answer);
    }
  }

  private void deny(Rule rule, Answer answer) {
    switch (answer) {
      case Answer.Applies _ -> denied(rule, "denied");
      case Answer.Fails(var kind) -> denied(rule, "its condition failed: " + kind);
      case Answer.Open _ -> openDeny |= !rule.spec().observe();
      case Answer.Passes _ -> {}
    }
  }

  private void denied(Rule rule, String reason) {
    if (rule.spec().observe()) {
      observed.add(rule.name());
    } else if (rule.dependsOnCall()) {
      denying = denying == null ? rule : denying;
    } else if (hiding == null) {
      hiding = rule;
      why = reason;
    }
  }

  private void allow(Rule rule, Answer answer) {
    switch (answer) {
      case Answer.Applies _ -> applies(rule);
      case Answer.Open _ -> open = open == null ? rule : open;
      case Answer.Passes _, Answer.Fails _ -> {
        if (rule.dependsOnCall()) {
          unsatisfied = unsatisfied == null ? rule : unsatisfied;
        }
      }
    }
  }

  private void applies(Rule rule) {
    int missing = rule.missingScopes(caller);
    if (missing == 0) {
      permitting = permitting == null ? rule : permitting;
      audited |= rule.spec().audit();
    } else if (lackingScopes == null || missing < lackingScopes.missingScopes(caller)) {
      lackingScopes = rule;
    }
  }

  /** What a list makes of it. */
  Decision decision() {
    if (hiding != null) {
      return new Decision.Deny(hiding.name(), why);
    }
    if (permitting != null) {
      return openDeny
          ? new Decision.Conditional(permitting.name())
          : new Decision.Permit(permitting.name());
    }
    Rule candidate = lackingScopes != null ? lackingScopes : open;
    return candidate == null
        ? new Decision.Deny(DEFAULT, "no rule allows it")
        : new Decision.Conditional(candidate.name());
  }

  /** What a call makes of it. */
  Ruling ruling() {
    if (hiding != null || (permitting == null && lackingScopes == null && unsatisfied == null)) {
      return new Ruling.Hidden(hiding == null ? DEFAULT : hiding.name());
    }
    if (denying != null) {
      return new Ruling.NotWith(denying.name(), denying.callWords());
    }
    if (permitting != null) {
      return new Ruling.Allowed(new Grounds(permitting.name(), observed, audited));
    }
    if (lackingScopes != null) {
      return new Ruling.NeedsScopes(lackingScopes.name(), lackingScopes.scopes());
    }
    return unsatisfied == null
        ? new Ruling.Hidden(DEFAULT)
        : new Ruling.NotWith(unsatisfied.name(), unsatisfied.callWords());
  }

  /** What becomes of a call. */
  sealed interface Ruling {
    /** It goes on. */
    record Allowed(Grounds grounds) implements Ruling {}

    /** To this caller the target does not exist. */
    record Hidden(String rule) implements Ruling {}

    /** Visible, but not with what these words stand for. */
    record NotWith(String rule, String words) implements Ruling {}

    /** More scopes would do. */
    record NeedsScopes(String rule, List<String> scopes) implements Ruling {}
  }
}
