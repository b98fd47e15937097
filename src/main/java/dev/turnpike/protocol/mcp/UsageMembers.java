package dev.turnpike.protocol.mcp;

import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.tokens.Reported;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Where peers report what a call used, by the names that are in use for it. */
final class UsageMembers {
  private static final List<String> PLACES =
      List.of("usage", "adk_usage_metadata", "kagent_usage_metadata");
  private static final List<String> INPUT =
      List.of("input_tokens", "inputTokens", "prompt_tokens", "promptTokens", "promptTokenCount");
  private static final List<String> OUTPUT =
      List.of(
          "output_tokens",
          "outputTokens",
          "completion_tokens",
          "completionTokens",
          "candidatesTokenCount");
  private static final List<String> CACHED =
      List.of(
          "cached_tokens", "cachedTokens", "cache_read_input_tokens", "cachedContentTokenCount");

  private static final int LONGEST_MODEL = 128;

  private final List<Member> input;
  private final List<Member> output;
  private final List<Member> cached;
  private final List<Member> model;

  /**
   * @param above the path of the object that has them
   */
  UsageMembers(Wanted wanted, String... above) {
    this.input = members(wanted, above, INPUT);
    this.output = members(wanted, above, OUTPUT);
    this.cached = members(wanted, above, CACHED);
    this.model =
        Stream.concat(
                members(wanted, above, List.of("model")).stream(),
                Stream.of(wanted.member(path(above, "model"))))
            .toList();
  }

  private static List<Member> members(Wanted wanted, String[] above, List<String> names) {
    return PLACES.stream()
        .flatMap(place -> names.stream().map(name -> wanted.member(path(above, place, name))))
        .toList();
  }

  private static String[] path(String[] above, String... names) {
    return Stream.concat(Stream.of(above), Stream.of(names)).toArray(String[]::new);
  }

  /** What the message says; what is no whole number is not said. */
  Reported of(Scan scan) {
    return new Reported(first(scan, input), first(scan, output), first(scan, cached), named(scan));
  }

  private Optional<String> named(Scan scan) {
    for (Member member : model) {
      Optional<String> name = scan.text(member).filter(text -> !text.isBlank());
      if (name.isPresent()) {
        return name.map(text -> text.substring(0, Math.min(text.length(), LONGEST_MODEL)));
      }
    }
    return Optional.empty();
  }

  private static OptionalLong first(Scan scan, List<Member> members) {
    for (Member member : members) {
      if (scan.type(member) == JsonType.NUMBER) {
        String digits = scan.part(member).text();
        // no call of this world uses more, and sums of less never overflow
        if (digits.length() <= 12 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
          return OptionalLong.of(Long.parseLong(digits));
        }
      }
    }
    return OptionalLong.empty();
  }
}
