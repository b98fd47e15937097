package dev.turnpike.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Bounds what one caller can have written: of the same thing, refused to the same caller, the first
 * {@value #EACH_SECOND} of a second have a record each, and how many more there were is a record of
 * its own. So nothing is refused without a trace, and nobody fills the disk with one question.
 * Thread-safe.
 */
public final class Repeats implements Consumer<Deed> {
  static final int EACH_SECOND = 5;

  /** Things in one second that are told apart. */
  static final int MOST = 500;

  private static final class Count {
    private final Deed first;
    private int kept;
    private long more;

    Count(Deed first) {
      this.first = first;
    }
  }

  private final Consumer<Deed> trail;
  private final Map<String, Count> counts = new HashMap<>();
  private long second;

  public Repeats(Consumer<Deed> trail) {
    this.trail = trail;
  }

  @Override
  public synchronized void accept(Deed deed) {
    flush(deed.at());
    String key = key(deed);
    if (!counts.containsKey(key) && counts.size() >= MOST) {
      key = "others";
    }
    Count count = counts.computeIfAbsent(key, _ -> new Count(deed));
    if (count.kept < EACH_SECOND) {
      count.kept++;
      trail.accept(deed);
    } else {
      count.more++;
    }
  }

  /** Writes what was counted in seconds that are over. From time to time. */
  public synchronized void flush(Instant now) {
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      counts.forEach((key, count) -> {
        if (count.more > 0) {
          trail.accept(summary(key, count, now));
        }
      });
      counts.clear();
    }
  }

  private static Deed summary(String key, Count count, Instant now) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (key.equals("others")) {
      members.put("kind", "refused");
      members.put("caller", "several");
      members.put("outcome", "refused");
    } else {
      members.putAll(count.first.members());
    }
    members.put("more", count.more);
    return new Deed(now, members);
  }

  private static String key(Deed deed) {
    StringBuilder key = new StringBuilder();
    for (String name :
        new String[] {
          "kind", "act", "caller", "workload", "endpoint", "path", "target", "refusal"
        }) {
      key.append(deed.members().getOrDefault(name, "")).append('\n');
    }
    return key.toString();
  }
}
