package dev.turnpike.audit;

import dev.turnpike.rpc.JsonText;
import dev.turnpike.seal.Sha256;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records as lines. Each is an object of JSON that begins with its number and ends with the hash of
 * the record before it and its own: SHA-256 of all of the line that stands before {@code ,"hash"}.
 */
final class Links {
  /** What the first record of all has for the hash of the one before. */
  static final String BEGINNING = "0".repeat(64);

  private static final Pattern LINE =
      Pattern.compile(
          "(\\{\"number\":([1-9][0-9]{0,17}),.*,\"previous\":\"([0-9a-f]{64})\")"
              + ",\"hash\":\"([0-9a-f]{64})\"}",
          Pattern.DOTALL);

  private Links() {}

  /** What stands in a line, as it says of itself. */
  record Link(long number, String previous, String hash) {}

  /** The record as a line, without its end. */
  static String line(long number, Deed deed, String previous) {
    StringBuilder line = new StringBuilder(512);
    line.append("{\"number\":").append(number);
    line.append(",\"time\":\"").append(deed.at().truncatedTo(ChronoUnit.MILLIS)).append('"');
    for (Map.Entry<String, Object> member : deed.members().entrySet()) {
      line.append(',');
      JsonText.quoteInto(line, member.getKey());
      line.append(':');
      if (member.getValue() instanceof Number count) {
        line.append(count);
      } else {
        JsonText.quoteInto(line, String.valueOf(member.getValue()));
      }
    }
    line.append(",\"previous\":\"").append(previous).append('"');
    String hash = Sha256.hex(line.toString());
    return line.append(",\"hash\":\"").append(hash).append("\"}").toString();
  }

  /** Empty where the line is no record, or not the one whose hash it holds. */
  static Optional<Link> read(String line) {
    Matcher parts = LINE.matcher(line);
    return parts.matches() && Sha256.hex(parts.group(1)).equals(parts.group(4))
        ? Optional.of(new Link(Long.parseLong(parts.group(2)), parts.group(3), parts.group(4)))
        : Optional.empty();
  }
}
