package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.NotRpc;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
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

/**
 * What a caller posted: scanned once, the members that the road needs found, nothing else touched.
 */
public record Asked(Scan scan, RpcMessage message) {
  // what was read within the caller's limits is read again
  private static final ScanLimits EDITED = new ScanLimits(1_000, Integer.MAX_VALUE);
  private static final Wanted WANTED = new Wanted();

  static {
    RpcMembers.register(WANTED);
  }

  public static final Member ID = WANTED.member("id");
  public static final Member PARAMS = WANTED.member("params");
  public static final Member META = WANTED.member("params", "_meta");
  public static final Member INPUT_RESPONSES = WANTED.member("params", "inputResponses");
  public static final Member REQUEST_STATE = WANTED.member("params", "requestState");
  public static final Member PROGRESS_TOKEN = WANTED.member("params", "_meta", "progressToken");
  public static final Member LEVEL = WANTED.member("params", "level");
  public static final Member REQUEST_ID = WANTED.member("params", "requestId");
  public static final Member META_LOG_LEVEL =
      WANTED.member("params", "_meta", Words.META_LOG_LEVEL);
  public static final Member CURSOR = WANTED.member("params", "cursor");
  public static final Member NAME = WANTED.member("params", "name");
  public static final Member URI = WANTED.member("params", "uri");
  public static final Member ARGUMENTS = WANTED.member("params", "arguments");
  public static final Member REF_TYPE = WANTED.member("params", "ref", "type");
  public static final Member REF_NAME = WANTED.member("params", "ref", "name");
  public static final Member REF_URI = WANTED.member("params", "ref", "uri");
  public static final Member VERSION = WANTED.member("params", "protocolVersion");
  public static final Member CAPABILITIES = WANTED.member("params", "capabilities");
  public static final Member CAPABILITY_TASKS = WANTED.member("params", "capabilities", "tasks");
  public static final Member CAPABILITY_EXTENSIONS =
      WANTED.member("params", "capabilities", "extensions");
  public static final Member CLIENT = WANTED.member("params", "clientInfo");
  public static final Member TASK = WANTED.member("params", "task");
  public static final Member META_VERSION = WANTED.member("params", "_meta", Words.META_VERSION);
  public static final Member META_CAPABILITIES =
      WANTED.member("params", "_meta", Words.META_CAPABILITIES);
  public static final Member META_EXTENSIONS =
      WANTED.member("params", "_meta", Words.META_CAPABILITIES, "extensions");
  public static final Member META_CLIENT = WANTED.member("params", "_meta", Words.META_CLIENT);
  public static final Member FILTER = WANTED.member("params", "notifications");
  public static final Member FILTER_TASKS = WANTED.member("params", "notifications", "taskIds");
  public static final Member FILTER_URIS =
      WANTED.member("params", "notifications", "resourceSubscriptions");

  /** Scans the body without asking what it says. */
  static Scan scan(Payload body, ScanLimits limits) throws Refused {
    try {
      return JsonScanner.scan(body, WANTED, limits, Strictness.CALLER);
    } catch (MalformedJson malformed) {
      throw new Refused(new Refusal.Malformed(String.valueOf(malformed.getMessage())));
    }
  }

  /** The members that are looked for, for the parts of a batch. */
  static Wanted wanted() {
    return WANTED;
  }

  /** Reads the scanned body as one JSON-RPC message. */
  static Asked read(Scan scan) throws Refused {
    try {
      return new Asked(scan, RpcReader.read(scan));
    } catch (NotRpc notRpc) {
      throw new Refused(
          new Refusal.ProtocolRule(
              400, McpErrors.INVALID_REQUEST, String.valueOf(notRpc.getMessage())));
    }
  }

  /** The same with another value in the place of one that is there, as JSON. */
  public Asked with(Member member, String json) {
    Payload edited = Splice.of(scan.payload()).replace(scan.span(member), json).apply();
    try {
      return read(scan(edited, EDITED));
    } catch (Refused impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  /** The id of a request. */
  public Optional<RpcId> id() {
    return switch (message) {
      case RpcMessage.Request(RpcId id, _) -> Optional.of(id);
      case RpcMessage.Notification _, RpcMessage.Result _, RpcMessage.Failure _ -> Optional.empty();
    };
  }

  /** The answer to a request that has nothing to say. */
  public Payload emptyResult() {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":" + id().orElseThrow().lexeme() + ",\"result\":{}}");
  }

  /** The request that a notification is about. */
  public Optional<RpcId> requestId() {
    return RpcReader.id(scan, REQUEST_ID);
  }

  /** Whether it says of itself that it is modern (the body decides, not the head). */
  public boolean claimsModern() {
    return scan.has(META_VERSION);
  }

  public Payload body() {
    return scan.payload();
  }

  public Optional<String> text(Member member) {
    return scan.text(member);
  }

  public boolean isObject(Member member) {
    return scan.type(member) == JsonType.OBJECT;
  }

  /** The arguments of a tool call, if it has some. */
  Optional<Payload> arguments() {
    return isObject(ARGUMENTS) ? Optional.of(scan.part(ARGUMENTS)) : Optional.empty();
  }
}
