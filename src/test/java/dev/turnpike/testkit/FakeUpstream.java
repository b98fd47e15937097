package dev.turnpike.testkit;

import dev.turnpike.rpc.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An MCP server on a real socket of loopback that does what it is told, right or wrong, and
 * remembers every request. Scripts are found by JSON-RPC method (or HTTP method where there is no
 * body); what has none gets a well-behaved answer of its era.
 */
public final class FakeUpstream implements AutoCloseable {
  /** The session of the legacy one. */
  public static final String SESSION = "upstream-session-1";

  /** The answer to {@code server/discover} of one that is modern. */
  public static final String DISCOVERED =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],\
      "capabilities":{"tools":{},"prompts":{},"resources":{"subscribe":true}},"ttlMs":1,\
      "cacheScope":"public"}}\
      """;

  /** What {@code tools/list} is answered with. */
  public static final String TOOLS =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"resultType":"complete","tools":[\
      {"name":"echo","inputSchema":{"type":"object"}},\
      {"name":"secret","inputSchema":{"type":"object"}},\
      {"name":"pay","inputSchema":{"type":"object","properties":{"amount":{"type":"integer"}}}},\
      {"name":"region","inputSchema":{"type":"object","properties":{\
      "region":{"type":"string","x-mcp-header":"Region"},\
      "count":{"type":"integer","x-mcp-header":"Count"},\
      "dry":{"type":"boolean","x-mcp-header":"Dry-Run"}}}}],\
      "ttlMs":1,"cacheScope":"public"}}\
      """;

  /** What a legacy one answers to {@code initialize}; the revision goes in. */
  public static final String INITIALIZED =
      """
      {"jsonrpc":"2.0","id":$id,"result":{"protocolVersion":"%s","capabilities":{"tools":{"listChanged":true},\
      "resources":{"subscribe":true}},"serverInfo":{"name":"fake","version":"1"}}}\
      """;

  private final ServerSocket server;
  private final boolean modern;
  private final String revision;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<AssertionError> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private FakeUpstream(boolean modern, String revision) {
    this.modern = modern;
    this.revision = revision;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public static FakeUpstream modern() {
    return new FakeUpstream(true, "2026-07-28");
  }

  /** With sessions; {@code initialize} agrees on that revision. */
  public static FakeUpstream legacy(String revision) {
    return new FakeUpstream(false, revision);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/mcp";
  }

  /** From now on that method is answered so, for callers and for Turnpike itself. */
  public FakeUpstream on(String method, Script script) {
    scripts.put(method, script);
    return this;
  }

  /** Every method is well answered again, and nothing has been seen. */
  public void forget() {
    scripts.clear();
    seen.clear();
  }

  /** The requests that came on behalf of callers, in order. */
  public List<Seen> seen() {
    return seen.stream().filter(request -> !request.ofTurnpike()).toList();
  }

  /** The requests of one method that came on behalf of callers. */
  public List<Seen> seen(String method) {
    return seen().stream().filter(request -> request.rpcMethod().equals(method)).toList();
  }

  /** The only request of that method; waits for it. */
  public Seen only(String method) {
    Eventually.holds("a request of " + method, () -> !seen(method).isEmpty());
    List<Seen> all = seen(method);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " requests of " + method);
    }
    return all.getFirst();
  }

  /** Requests of Turnpike's own: what era is it, what tools are there. */
  public List<Seen> inquiries() {
    return seen.stream().filter(Seen::ofTurnpike).toList();
  }

  /** Connections that were accepted. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        int number = connections.getAndIncrement();
        CountDownLatch closed = new CountDownLatch(1);
        BlockingQueue<Seen> requests = new ArrayBlockingQueue<>(64);
        Thread.ofVirtual().start(() -> listen(socket, number, closed, requests));
        Thread.ofVirtual().start(() -> speak(socket, closed, requests));
      }
    } catch (IOException stopped) {
      // the test is over
    }
  }

  // reads on while a script plays, so that it is noticed when the peer leaves
  private void listen(
      Socket socket, int number, CountDownLatch closed, BlockingQueue<Seen> requests) {
    try {
      HttpInput in = new HttpInput(socket.getInputStream());
      while (true) {
        List<String> head = in.head();
        Fields fields = new Fields(head.subList(1, head.size()));
        in.body(fields, false);
        String[] first = head.getFirst().split(" ", 3);
        Seen request = new Seen(first[0], first[1], fields, Payload.of(in.rest()), number, closed);
        seen.add(request);
        requests.put(request);
      }
    } catch (IOException | InterruptedException over) {
      closed.countDown();
    }
  }

  private void speak(Socket socket, CountDownLatch closed, BlockingQueue<Seen> requests) {
    try {
      while (!socket.isClosed()) {
        Seen request = next(closed, requests);
        if (request == null) {
          break;
        }
        script(request).play(request, new Line(socket, closed, request.id()));
      }
      socket.close();
    } catch (IOException | InterruptedException over) {
      // the peer has left in the middle: that is what some tests want
    } catch (AssertionError complaint) {
      complaints.add(complaint);
    }
  }

  private static Seen next(CountDownLatch closed, BlockingQueue<Seen> requests)
      throws InterruptedException {
    while (true) {
      Seen request = requests.poll(20, TimeUnit.MILLISECONDS);
      if (request != null || closed.getCount() == 0) {
        return request;
      }
    }
  }

  private Script script(Seen request) {
    String method = request.rpcMethod();
    Script scripted = scripts.get(method);
    if (scripted != null) {
      return scripted;
    }
    Script any = scripts.get("*");
    return any != null && !request.ofTurnpike()
        ? any
        : modern ? ofModern(method) : ofLegacy(method);
  }

  private static Script ofModern(String method) {
    return switch (method) {
      case "server/discover" -> Scripts.json(DISCOVERED);
      case "tools/list" -> Scripts.json(TOOLS);
      case "GET", "DELETE" -> Scripts.status(405);
      default -> Scripts.json(Scripts.RESULT);
    };
  }

  private Script ofLegacy(String method) {
    return switch (method) {
      case "server/discover" -> Scripts.status(400);
      case "initialize" ->
          Scripts.status(
              200, "Mcp-Session-Id: " + SESSION + "\r\n", INITIALIZED.formatted(revision));
      case "tools/list" -> Scripts.json(TOOLS);
      case "GET" -> Scripts.status(405);
      case "DELETE" -> Scripts.status(204);
      default ->
          (request, line) -> {
            if (request.id().isEmpty() || method.isEmpty()) {
              line.whole(202, "", "", "");
            } else {
              line.json(Scripts.RESULT);
            }
          };
    };
  }

  /** Stops, and fails if a script waited in vain. */
  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (!complaints.isEmpty()) {
      throw complaints.getFirst();
    }
  }
}
