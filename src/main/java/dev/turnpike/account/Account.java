package dev.turnpike.account;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import java.util.Locale;

/** Whose calls to what are added up in one line of the ledger. */
record Account(String caller, String tenant, String endpoint, String target, String lane) {
  /** Where accounts go for which there is no room: they lose their names, not their figures. */
  static final String OTHER = "other";

  private static final int LONGEST = 256;

  static Account of(Caller caller, Call call) {
    return new Account(
        cut(caller.name()),
        cut(caller.tenant()),
        call.endpoint(),
        cut(call.target().map(Target::name).orElse("")),
        lane(call));
  }

  /** The same without names. */
  Account nameless() {
    return new Account(OTHER, OTHER, OTHER, OTHER, lane);
  }

  String by(By by) {
    return switch (by) {
      case CALLER -> caller;
      case TENANT -> tenant;
      case ENDPOINT -> endpoint;
      case TARGET -> target;
      case LANE -> lane;
    };
  }

  private static String lane(Call call) {
    return call.lane().name().toLowerCase(Locale.ROOT);
  }

  // a URI is as long as its caller likes, and a database takes no NUL
  private static String cut(String name) {
    String bounded = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    return bounded.indexOf('\0') < 0 ? bounded : bounded.replace('\0', '?');
  }
}
