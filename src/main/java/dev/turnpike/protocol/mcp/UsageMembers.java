package dev.turnpike.protocol.mcp;

import dev.turnpike.rpc.JsonPointer;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.tokens.Reported;
import dev.turnpike.tokens.Reporting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Where in a result peers report what a call used. */
final class UsageMembers {
  private static final List<String> PLACES =
      List.of("usage", "adk_usage_metadata", "kagent_usage_metadata");

  /** The names that are in use for it. */
  static final Reporting USUAL =
      new Reporting(
          pointers(
              "input_tokens", "inputTokens", "prompt_tokens", "promptTokens", "promptTokenCount"),
          pointers(
              "output_tokens",
              "outputTokens",
              "completion_tokens",
              "completionTokens",
              "candidatesTokenCount"),
          pointers(
              "cached_tokens",
              "cachedTokens",
              "cache_read_input_tokens",
              "cachedContentTokenCount"),
          Reporting.Several.LAST);

  private static final int LONGEST_MODEL = 128;

  private final List<Member> input;
  private final List<Member> output;
  private final List<Member> cached;
  private final List<Member> model;

  /** Wants them found in messages of which the result is a member. */
  UsageMembers(Wanted wanted, Reporting reporting) {
    this.input = members(wanted, reporting.input());
    this.output = members(wanted, reporting.output());
    this.cached = members(wanted, reporting.cached());
    this.model =
        members(
            wanted,
            Stream.concat(
                    pointers("model").stream(),
                    Stream.of(new JsonPointer(List.of("_meta", "model"))))
                .toList());
  }

  private static List<JsonPointer> pointers(String... names) {
    return PLACES.stream()
        .flatMap(
            place -> Stream.of(names).map(name -> new JsonPointer(List.of("_meta", place, name))))
        .toList();
  }

  private static List<Member> members(Wanted wanted, List<JsonPointer> pointers) {
    return pointers.stream()
        .map(pointer ->
            wanted.member(
                Stream.concat(Stream.of("result"), pointer.names().stream())
                    .toArray(String[]::new)))
        .toList();
  }

  /** What the message says; what is no figure is not said. */
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
        OptionalLong figure = Reported.figure(scan.part(member).text());
        if (figure.isPresent()) {
          return figure;
        }
      }
    }
    return OptionalLong.empty();
  }
}
