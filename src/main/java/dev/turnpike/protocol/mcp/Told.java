package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.NotRpc;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMembers;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.RpcReader;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;

/** What an upstream said: scanned once, the members that Turnpike may change found. */
public record Told(Scan scan, RpcMessage message) {
  // an upstream is not trusted, but its answers may be larger than a caller's questions
  private static final ScanLimits LIMITS = new ScanLimits(128, 4_000_000);
  private static final Wanted WANTED = new Wanted();

  static {
    RpcMembers.register(WANTED);
  }

  public static final Member ID = WANTED.member("id");
  public static final Member CONTENT = WANTED.member("result", "content");
  public static final Member MESSAGES = WANTED.member("result", "messages");
  public static final Member STRUCTURED = WANTED.member("result", "structuredContent");
  public static final Member INPUT_REQUESTS = WANTED.member("result", "inputRequests");
  public static final Member REQUEST_STATE = WANTED.member("result", "requestState");
  public static final Member CAPABILITIES = WANTED.member("result", "capabilities");
  public static final Member LEGACY_SERVER = WANTED.member("result", "serverInfo");
  public static final Member RESULT_META = WANTED.member("result", "_meta");
  public static final Member PROGRESS_TOKEN = WANTED.member("params", "progressToken");
  public static final Member PROGRESS = WANTED.member("params", "progress");
  public static final Member LEVEL = WANTED.member("params", "level");
  public static final Member PARAMS = WANTED.member("params");
  public static final Member ERROR_MESSAGE = WANTED.member("error", "message");
  public static final Member ERROR_DATA = WANTED.member("error", "data");
  public static final Member ELICITATIONS = WANTED.member("error", "data", "elicitations");
  public static final Member INSTRUCTIONS = WANTED.member("result", "instructions");
  public static final Member SERVER_INFO = WANTED.member("result", "_meta", Words.META_SERVER);
  public static final Member ERROR_DATA_URI = WANTED.member("error", "data", "uri");
  public static final Member ERROR_CAPABILITIES =
      WANTED.member("error", "data", "requiredCapabilities");
  public static final Member RESULT = WANTED.member("result");
  public static final Member RESULT_TYPE = WANTED.member("result", "resultType");
  public static final Member TTL = WANTED.member("result", "ttlMs");
  public static final Member SCOPE = WANTED.member("result", "cacheScope");
  public static final Member TOOLS = WANTED.member("result", "tools");
  public static final Member PROMPTS = WANTED.member("result", "prompts");
  public static final Member RESOURCES = WANTED.member("result", "resources");
  public static final Member TEMPLATES = WANTED.member("result", "resourceTemplates");
  public static final Member CURSOR = WANTED.member("result", "nextCursor");
  public static final Member VERSION = WANTED.member("result", "protocolVersion");
  public static final Member VERSIONS = WANTED.member("result", "supportedVersions");
  public static final Member CAPABILITY_TASKS = WANTED.member("result", "capabilities", "tasks");
  public static final Member CAPABILITY_EXTENSIONS =
      WANTED.member("result", "capabilities", "extensions");
  public static final Member ERROR = WANTED.member("error");
  public static final Member ERROR_CODE = WANTED.member("error", "code");
  public static final Member HONOURED = WANTED.member("params", "notifications");
  public static final Member HONOURED_URIS =
      WANTED.member("params", "notifications", "resourceSubscriptions");
  public static final Member URI = WANTED.member("params", "uri");

  /** Reads one message of the named upstream; refused where it is no JSON-RPC. */
  public static Told read(Payload json, String upstream) throws Refused {
    try {
      Scan scan = JsonScanner.scan(json, WANTED, LIMITS, Strictness.UPSTREAM);
      return new Told(scan, RpcReader.read(scan));
    } catch (MalformedJson malformed) {
      throw new Refused(
          new Refusal.UpstreamUnavailable(
              upstream, "answered with broken JSON: " + malformed.getMessage()));
    } catch (NotRpc notRpc) {
      throw new Refused(
          new Refusal.UpstreamUnavailable(
              upstream, "answered with no JSON-RPC: " + notRpc.getMessage()));
    }
  }

  /** The list of that kind in the result. */
  public static Member list(String member) {
    return switch (member) {
      case "tools" -> TOOLS;
      case "prompts" -> PROMPTS;
      case "resources" -> RESOURCES;
      case "resourceTemplates" -> TEMPLATES;
      default -> throw new IllegalArgumentException(member);
    };
  }
}
