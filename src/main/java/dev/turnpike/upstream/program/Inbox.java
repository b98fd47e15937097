package dev.turnpike.upstream.program;

import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Batched;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The standard output of a program: one message a line, and whatever else it writes there. */
final class Inbox {
  // a program that only babbles is none that can be served
  private static final int MOST_RUBBISH = 10_000;

  private final int messageLimit;
  private final Channel.Ear ear;
  private final LongConsumer rubbish;
  private long lines;
  private int inSuccession;

  /**
   * @param messageLimit bytes of one message
   * @param rubbish told how many lines were no messages, at 1, 10, 100 and so on
   */
  Inbox(int messageLimit, Channel.Ear ear, LongConsumer rubbish) {
    this.messageLimit = messageLimit;
    this.ear = ear;
    this.rubbish = rubbish;
  }

  /** Reads to the end. Blocks. Says why it stopped, where the end was not the reason. */
  void read(InputStream output) throws UpstreamFailed {
    try {
      new Lines(messageLimit, this::line).read(output);
    } catch (Unusable unusable) {
      throw new UpstreamFailed(UpstreamFailed.Kind.UNREADABLE, unusable.reason);
    } catch (IOException _) {
      // the program is gone
    }
  }

  private void line(byte[] bytes, boolean whole) throws IOException {
    if (!whole) {
      throw new Unusable("wrote a line of more than " + messageLimit + " bytes");
    }
    int start = 0;
    while (start < bytes.length && bytes[start] <= ' ' && bytes[start] >= 0) {
      start++;
    }
    if (start == bytes.length) {
      return;
    }
    if (bytes[start] != '{' && bytes[start] != '[') {
      noMessage();
      return;
    }
    Batched.each(
        Payload.of(bytes).slice(start, bytes.length),
        message -> {
          if (ear.message(message)) {
            inSuccession = 0;
          } else {
            lines++;
            inSuccession++;
            tell();
          }
        });
    bound();
  }

  private void noMessage() throws IOException {
    lines++;
    inSuccession++;
    tell();
    bound();
  }

  private void bound() throws IOException {
    if (inSuccession > MOST_RUBBISH) {
      throw new Unusable("wrote " + MOST_RUBBISH + " lines that are no messages");
    }
  }

  private void tell() {
    long power = 1;
    while (power < lines) {
      power *= 10;
    }
    if (power == lines) {
      rubbish.accept(lines);
    }
  }

  private static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;
    private final String reason;

    private Unusable(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
