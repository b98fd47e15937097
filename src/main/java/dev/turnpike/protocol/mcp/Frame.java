package dev.turnpike.protocol.mcp;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.NotRpc;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMembers;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.RpcReader;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.util.Optional;
import java.util.OptionalLong;

/** A message in either direction, with what tells which exchange it belongs to. */
public record Frame(Scan scan, RpcMessage message) {
  private static final ScanLimits OURS = new ScanLimits(1_000, 4_000_000);
  // what a server says is read on threads with small stacks, and no deeper anywhere else
  private static final ScanLimits THEIRS = new ScanLimits(128, 4_000_000);
  private static final Wanted WANTED = new Wanted();

  static {
    RpcMembers.register(WANTED);
  }

  public static final Member ID = WANTED.member("id");
  public static final Member ASKED_TOKEN = WANTED.member("params", "_meta", "progressToken");
  public static final Member TOLD_TOKEN = WANTED.member("params", "progressToken");
  public static final Member REQUEST_ID = WANTED.member("params", "requestId");
  public static final Member SUBSCRIPTION =
      WANTED.member("params", "_meta", Words.META_SUBSCRIPTION);
  public static final Member RESULT_SUBSCRIPTION =
      WANTED.member("result", "_meta", Words.META_SUBSCRIPTION);
  public static final Member URI = WANTED.member("params", "uri");
  public static final Member ASKED_VERSION = WANTED.member("params", "protocolVersion");
  public static final Member VERSION = WANTED.member("result", "protocolVersion");
  public static final Member LOGGING = WANTED.member("result", "capabilities", "logging");

  /** Of our side, read within limits before. Empty where it is no single message. */
  public static Optional<Frame> read(Payload json) {
    return read(json, OURS);
  }

  /** Of the other side. Empty where it is no single message, or nests too deep. */
  public static Optional<Frame> told(Payload json) {
    return read(json, THEIRS);
  }

  private static Optional<Frame> read(Payload json, ScanLimits limits) {
    try {
      Scan scan = JsonScanner.scan(json, WANTED, limits, Strictness.UPSTREAM);
      return Optional.of(new Frame(scan, RpcReader.read(scan)));
    } catch (MalformedJson | NotRpc _) {
      return Optional.empty();
    }
  }

  /** A value as it stands there; empty where there is none. */
  public Optional<String> lexeme(Member member) {
    return scan.has(member) ? Optional.of(scan.part(member).text()) : Optional.empty();
  }

  /** A number that we gave away; some peers give it back as a text. */
  public OptionalLong number(Member member) {
    String digits =
        switch (scan.type(member)) {
          case NUMBER -> scan.part(member).text();
          case STRING -> JsonText.decode(scan.part(member));
          case ABSENT, NULL, TRUE, FALSE, OBJECT, ARRAY -> "";
        };
    return digits.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /** The same message with another value, as JSON, in the place of one that it has. */
  public Payload with(Member member, String json) {
    return scan.has(member)
        ? Splice.of(scan.payload()).replace(scan.span(member), json).apply()
        : scan.payload();
  }

  /** The request as it is put to the peer: under an id that nobody else uses. */
  public Payload as(long wire) {
    String number = Long.toString(wire);
    Splice splice = Splice.of(scan.payload()).replace(scan.span(ID), number);
    if (scan.has(ASKED_TOKEN)) {
      splice.replace(scan.span(ASKED_TOKEN), number);
    }
    return splice.apply();
  }

  /** The answer as whoever asked knows it. */
  public Payload answering(String id) {
    Splice splice = Splice.of(scan.payload());
    if (scan.has(ID)) {
      splice.replace(scan.span(ID), id);
    }
    if (scan.has(RESULT_SUBSCRIPTION)) {
      splice.replace(scan.span(RESULT_SUBSCRIPTION), id);
    }
    return splice.apply();
  }
}
