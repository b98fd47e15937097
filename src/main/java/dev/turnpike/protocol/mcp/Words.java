package dev.turnpike.protocol.mcp;

/** Names of the specification that are used in several places. */
public final class Words {
  public static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
  public static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  public static final String META_CLIENT = "io.modelcontextprotocol/clientInfo";
  public static final String META_LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  public static final String META_SERVER = "io.modelcontextprotocol/serverInfo";
  public static final String META_SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  public static final String HEADER_VERSION = "mcp-protocol-version";
  public static final String HEADER_METHOD = "mcp-method";
  public static final String HEADER_NAME = "mcp-name";
  public static final String HEADER_PARAM = "mcp-param-";
  public static final String HEADER_SESSION = "mcp-session-id";
  public static final String HEADER_LAST_EVENT = "last-event-id";

  /** The kind of a result that asks for inputs. */
  public static final String INPUT_REQUIRED = "input_required";

  public static final String JSON = "application/json";
  public static final String JSON_OR_EVENTS = "application/json, text/event-stream";
  public static final String EVENTS = "text/event-stream";

  /** Who Turnpike says it is, where it asks for itself. */
  public static final String OURSELVES = "{\"name\":\"turnpike\",\"version\":\"0\"}";

  private Words() {}
}
