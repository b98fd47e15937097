package dev.turnpike.assembly;

import dev.turnpike.observe.AccessLog;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of the process that begin with {@code turnpike.}; an unknown one stops the start.
 */
@ConfigMapping(prefix = "turnpike")
public interface ProcessConfig {
  /** Path of {@code turnpike.yaml}. */
  Optional<String> config();

  /**
   * Serve the ready configuration, with two demo servers: true, false, or keycloak, which also
   * starts an issuer of tokens.
   */
  @WithDefault("false")
  String demo();

  /** Base of every URL that is handed out; never taken from a request. */
  Optional<String> publicUrl();

  /** Hosts that are answered besides those of the public URL and loopback. */
  Optional<List<String>> allowedHosts();

  /** Origins that are answered besides those of the public URL and loopback. */
  Optional<List<String>> allowedOrigins();

  /**
   * A file with the keys that seal: lines of {@code id:base64}; a key of the process without it.
   */
  Optional<String> keysFile();

  /** Folder for what must survive a restart on one machine. */
  @WithDefault("data")
  String data();

  /** The folder of flag files; {@code feature-flags} or what is packaged, without it. */
  Optional<String> flags();

  /** Where counters are kept: memory, or redis with {@code quarkus.redis.hosts}. */
  @WithDefault("memory")
  String store();

  /** How long a call waits for the store before this replica counts for itself. */
  @WithDefault("50ms")
  Duration storePatience();

  /** The name of this process among its replicas; the name of the host without it. */
  Optional<String> replica();

  /** Where the other replicas reach this one. */
  Optional<String> replicaUrl();

  /** Where this process is. */
  Optional<String> region();

  /** {@code experimental}: this process is the experimental lane of others, and nothing else. */
  Optional<String> lane();

  /** The process that is the experimental lane of this one; without it, this one has its own. */
  @WithName("lane.url")
  Optional<String> laneUrl();

  Audit audit();

  Tls tls();

  ProxyV2 proxyV2();

  Limits limits();

  Lines accessLog();

  Admin admin();

  Mcp mcp();

  Identity identity();

  Tokens tokens();

  Ledger ledger();

  /** The TLS port. */
  interface Tls {
    /** Whether clients are asked for a certificate: none, request or required. */
    Optional<String> clientAuth();
  }

  /** The listener of mode proxy-v2, on loopback only. */
  interface ProxyV2 {
    @WithDefault("15088")
    int port();
  }

  /** Where usage is kept. */
  interface Ledger {
    /** {@code jdbc:h2:file:...} or {@code jdbc:postgresql://...}; a file below the data without. */
    Optional<String> url();

    Optional<String> username();

    Optional<String> password();

    /** How long single entries are kept; their sums by hours stay. */
    @WithDefault("30d")
    Duration keep();
  }

  /** How tokens are counted. */
  interface Tokens {
    /** The encoding of the family of models that tokens are counted for. */
    @WithDefault("o200k_base")
    String encoding();

    /**
     * The class of a LangChain4j estimator that counts instead, or {@code provider} for the one
     * that is provided.
     */
    Optional<String> estimator();

    /** Jars, and folders of jars, with it and what it needs. */
    Optional<List<String>> estimatorJars();

    /** The share of the time of one core that may be spent on counting, from 0 to 1. */
    @WithDefault("0.05")
    double share();

    Usage usage();
  }

  /**
   * What upstreams themselves say that a call used: JSON pointers into a result, of which the first
   * that leads to a figure holds.
   */
  interface Usage {
    Optional<List<String>> input();

    Optional<List<String>> output();

    /** What of the input was in a cache. */
    Optional<List<String>> cached();

    /** What holds where a call's messages say it more than once: last, sum or max. */
    @WithDefault("last")
    String several();
  }

  /** The audit trail, in the folder audit of the data. */
  interface Audit {
    /** Bytes of a file after which the next one is begun. */
    @WithDefault("64MiB")
    String fileSize();
  }

  /** How callers are known. */
  interface Identity {
    /** Where it is said which program is calling: none, mtls, xfcc or proxy-v2. */
    @WithDefault("none")
    String workload();

    /** SPIFFE trust domains that are believed. */
    @WithDefault("cluster.local")
    List<String> trustDomains();

    /** The {@code By} of the proxy that alone can reach the port, in mode xfcc. */
    Optional<String> xfccBy();

    Claims claims();

    /**
     * A file with hashed bearer keys, for users without an issuer; {@code turnpike key} makes one.
     */
    Optional<String> keysFile();

    /** Audiences that a token may name besides the endpoint and the public URL. */
    Optional<List<String>> audiences();

    /** Whether a token must name the endpoint that it is sent to. */
    @WithDefault("false")
    boolean audiencePerEndpoint();
  }

  /** Where in a token claims are that are not standard; {@code /} between the names. */
  interface Claims {
    @WithDefault("tenant")
    String tenant();

    @WithDefault("groups")
    String groups();
  }

  /** What of MCP is served that is off where nobody asks for it. */
  interface Mcp {
    /** HTTP+SSE, the transport of 2024-11-05, to callers and to upstreams; deprecated. */
    @WithDefault("false")
    boolean httpSse();
  }

  /** What one caller, body or stream may take. */
  interface Limits {
    /** Bytes of a request's body. */
    @WithDefault("4MiB")
    String body();

    /** Bytes of one message that an upstream answers. */
    @WithDefault("16MiB")
    String answer();

    /** Nesting of a body. */
    @WithDefault("64")
    int depth();

    /** Object members and array elements in one body. */
    @WithDefault("100000")
    int members();

    /** Bytes of a request's head. */
    @WithDefault("32KiB")
    String header();

    /** Connections to the data port; half of what the process may open, at most 20000. */
    OptionalInt connections();

    /** Streams that one caller may keep open at one endpoint. */
    @WithDefault("256")
    int streamsPerCaller();

    /** Calls that one caller may have under way at one endpoint. */
    @WithDefault("5000")
    int callsPerCaller();

    /** Events of one stream that are kept for a caller who comes back. */
    @WithDefault("256")
    int replay();

    /** How long they are kept. */
    @WithDefault("60s")
    Duration replayAge();

    /** How long a connection may take new requests, give or take a twentieth. */
    @WithDefault("30m")
    Duration connectionAge();

    /** How long a caller may take to give what an upstream asks for in the middle of a call. */
    @WithDefault("10m")
    Duration inputTime();

    /** From the first byte of a request's head, or from the connect, to the head's end. */
    @WithDefault("30s")
    Duration headTime();

    /** From a request's head to the last byte of its body. */
    @WithDefault("30s")
    Duration bodyTime();

    /** Exchanges under way at once, of all callers, streams included. */
    @WithDefault("20000")
    int exchanges();

    /**
     * Bytes of the bodies of all exchanges under way; a quarter of the heap where it is not set.
     */
    Optional<String> bodies();

    /** How late an event loop may be, for longer than a moment, before calls are turned away. */
    @WithDefault("20ms")
    Duration lateness();

    /** How long a session may be idle. */
    @WithDefault("30m")
    Duration sessionIdle();

    /** Sessions in all. */
    @WithDefault("50000")
    int sessions();

    /** Sessions of one caller that is known, at one endpoint. */
    @WithDefault("1000")
    int sessionsPerCaller();
  }

  /** The access line of each exchange. */
  interface Lines {
    /** {@code text} or {@code json}. */
    @WithDefault("text")
    AccessLog.Format format();
  }

  /** The management port. */
  interface Admin {
    /** A file with the bearer token for the admin API; without one it answers loopback only. */
    Optional<String> tokenFile();
  }
}
