package dev.turnpike.protocol.mcp;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.tolegacy.ToLegacy;
import dev.turnpike.protocol.mcp.bridge.tomodern.ToModern;
import dev.turnpike.protocol.mcp.federation.Federation;
import dev.turnpike.protocol.mcp.federation.FederationListener;
import dev.turnpike.protocol.mcp.httpsse.Lines;
import dev.turnpike.protocol.mcp.legacy.Legacy;
import dev.turnpike.protocol.mcp.modern.Extension;
import dev.turnpike.protocol.mcp.modern.Inside;
import dev.turnpike.protocol.mcp.modern.Modern;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.session.ReplayLimits;
import dev.turnpike.session.Sessions;
import dev.turnpike.testkit.ProtocolContract;
import dev.turnpike.testkit.Served;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** MCP under the contract of every protocol; a subclass brings a request of its era. */
public abstract class McpContract extends ProtocolContract {
  /** Extensions that are on. */
  protected List<Extension> extensions() {
    return List.of();
  }

  private static final KeyRing KEYS = KeyRing.random(new SplittableRandom(3));

  private final Natures natures = new Natures(Called.RELEASED, System::nanoTime);

  private final Sessions sessions =
      new Sessions(Sessions.Limits.DEFAULT, ReplayLimits.DEFAULT, () -> 0, new SplittableRandom(1));
  private final Tools tools = new Tools(() -> 0);

  private final Pool pool = new Pool(natures, tools::changed, () -> 0);

  private final ToModern toModern =
      new ToModern(sessions, natures, tools, List.of(), Duration.ofMinutes(1));
  private final Federation federation =
      new Federation(
          natures,
          tools,
          pool,
          sessions,
          toModern,
          () -> KEYS,
          FederationListener.NOOP,
          () -> 0,
          new SplittableRandom(4));

  private final Mcp mcp =
      new Mcp(
          new Legacy(
              sessions, natures, toModern, federation, dev.turnpike.protocol.mcp.Served.RELEASED),
          new Modern(
              new Inside(
                  extensions(),
                  natures,
                  tools,
                  federation,
                  new ToLegacy(
                      natures,
                      pool,
                      tools,
                      Duration.ofMinutes(1),
                      () -> KEYS,
                      () -> 0,
                      new SplittableRandom(2)),
                  dev.turnpike.protocol.mcp.Served.RELEASED,
                  new dev.turnpike.seal.Seals(() -> KEYS, new SplittableRandom(6)))),
          new Lines(dev.turnpike.protocol.mcp.Served.RELEASED, new SplittableRandom(5)),
          new ScanLimits(64, 100_000));

  @Override
  protected Protocol protocol() {
    return mcp;
  }

  @Override
  protected Endpoints endpoints() {
    return Served.anonymously("demo");
  }
}
