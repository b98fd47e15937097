package dev.turnpike.flags;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the board in step with the files. A content is judged when two looks in a row have found
 * it, so that files in the middle of being written are left alone. Where something is wrong with
 * it, the last good set goes on; where the folder is gone, alphas are off. Blocks.
 */
public final class FlagWatch {
  private final Supplier<FlagFolder.Content> look;
  private final Board board;
  private final Consumer<News> told;
  private String seen = "";
  private String judged = "";
  private final Map<String, Stage> reached;

  /** What became of a changed folder. */
  public sealed interface News {
    /** Its flags are in force. */
    record Taken(FlagSet set) implements News {}

    /** Something is wrong with it; the last good set goes on. */
    record Refused(List<String> problems) implements News {}

    /** There is none. */
    record Gone(String where) implements News {}
  }

  /**
   * @param reached how far flags have come in the program itself
   */
  public FlagWatch(
      Supplier<FlagFolder.Content> look,
      Board board,
      Map<String, Stage> reached,
      Consumer<News> told) {
    this.reached = new HashMap<>(reached);
    this.look = look;
    this.board = board;
    this.told = told;
  }

  /** Looks, and judges what has settled. A second caller waits for the first. */
  public synchronized void poll() {
    FlagFolder.Content content = look.get();
    boolean settled = content.fingerprint().equals(seen);
    seen = content.fingerprint();
    if (settled && !seen.equals(judged)) {
      judged = seen;
      told.accept(judge(content));
    }
  }

  private News judge(FlagFolder.Content content) {
    if (content.gone()) {
      board.filesLost();
      return new News.Gone(content.trouble());
    }
    try {
      FlagSet set = FlagFolder.read(content, reached);
      board.files(set);
      set.all().forEach(flag -> reached.put(flag.key(), flag.stage()));
      return new News.Taken(set);
    } catch (FlagsRejected rejected) {
      return new News.Refused(rejected.problems());
    } catch (RuntimeException unfit) {
      return new News.Refused(List.of(String.valueOf(unfit.getMessage())));
    }
  }
}
