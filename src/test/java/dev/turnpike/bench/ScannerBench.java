package dev.turnpike.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.NotRpc;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMembers;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.RpcReader;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pass over a {@code tools/call}, beside the tree that Jackson would build of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScannerBench {
  private static final Wanted WANTED = new Wanted();
  private static final ScanLimits LIMITS = new ScanLimits(64, 100_000);
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    RpcMembers.register(WANTED);
    WANTED.member("params", "name");
    WANTED.member("params", "arguments");
    WANTED.member("params", "_meta", "io.modelcontextprotocol/protocolVersion");
  }

  /** {@code text}: one string of 1 KiB. {@code members}: a hundred small members. */
  @Param({"text", "members"})
  public String arguments = "text";

  private Payload body = Payload.EMPTY;

  @Setup
  public void write() {
    StringBuilder members = new StringBuilder("\"text\":\"");
    if (arguments.equals("text")) {
      members.append("q".repeat(1024)).append('"');
    } else {
      members.append('"');
      for (int member = 0; member < 100; member++) {
        members.append(",\"m").append(member).append("\":").append(member);
      }
    }
    String text =
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{%s},\
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}\
        """
            .formatted(members);
    body = Payload.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Benchmark
  public RpcMessage scan() throws MalformedJson, NotRpc {
    return RpcReader.read(JsonScanner.scan(body, WANTED, LIMITS, Strictness.CALLER));
  }

  @Benchmark
  public JsonNode jacksonTree() throws IOException {
    return JSON.readTree(body.array(), body.offset(), body.size());
  }
}
