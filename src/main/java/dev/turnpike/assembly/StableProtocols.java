package dev.turnpike.assembly;

import dev.turnpike.exchange.Ticker;
import dev.turnpike.identify.Issuer;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.a2a.A2a;
import dev.turnpike.protocol.a2a.agent.Agents;
import dev.turnpike.protocol.a2a.ownership.Owners;
import dev.turnpike.protocol.mcp.Mcp;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.tolegacy.ToLegacy;
import dev.turnpike.protocol.mcp.bridge.tomodern.ToModern;
import dev.turnpike.protocol.mcp.federation.Federation;
import dev.turnpike.protocol.mcp.httpsse.Lines;
import dev.turnpike.protocol.mcp.legacy.Legacy;
import dev.turnpike.protocol.mcp.modern.Inside;
import dev.turnpike.protocol.mcp.modern.Modern;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.protocol.resource.ProtectedResources;
import dev.turnpike.seal.Seals;
import dev.turnpike.session.Sessions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The protocols of the stable lane, put together. */
final class StableProtocols {
  private static final int TASKS_OF_ONE = 20_000;
  private static final int TASKS = 200_000;

  private final Natures natures;
  private final Pool pool;
  private final ToLegacy toLegacy;
  private final Federation federation;
  private final Lines lines;
  private final Agents agents;
  private final List<Protocol> all = new ArrayList<>();

  StableProtocols(
      Settings settings,
      Experiments experiments,
      Sessions sessions,
      Hearing hearing,
      Ticker ticker,
      SecureRandom random) {
    this.natures = new Natures(settings.called(), ticker);
    Tools tools = new Tools(ticker);
    this.pool = new Pool(natures, tools::changed, ticker);
    this.toLegacy =
        new ToLegacy(
            natures, pool, tools, settings.bounds().inputTime(), settings.keys(), ticker, random);
    ToModern toModern =
        new ToModern(sessions, natures, tools, experiments.hidden(), settings.bounds().inputTime());
    this.federation =
        new Federation(
            natures,
            tools,
            pool,
            sessions,
            toModern,
            settings.keys(),
            hearing.federated(),
            ticker,
            random);
    this.lines = new Lines(settings.served(), random);
    all.add(
        new Mcp(
            new Legacy(sessions, natures, toModern, federation, settings.served()),
            new Modern(
                new Inside(
                    experiments.extensions(),
                    natures,
                    tools,
                    federation,
                    toLegacy,
                    settings.served(),
                    new Seals(settings.keys(), random))),
            lines,
            settings.bounds().scan()));
    this.agents = new Agents(ticker);
    all.add(
        new A2a(
            settings.agents(),
            agents,
            new Owners(TASKS_OF_ONE, TASKS),
            Identities.base(settings.site().publicUrl()),
            settings.bounds().scan()));
    settings
        .identity()
        .issuer()
        .filter(Issuer::issues)
        .map(ProtectedResources::new)
        .ifPresent(all::add);
  }

  /** Each, in the order in which they are asked for their requests. */
  List<Protocol> all() {
    return all;
  }

  Natures natures() {
    return natures;
  }

  Pool pool() {
    return pool;
  }

  ToLegacy toLegacy() {
    return toLegacy;
  }

  Federation federation() {
    return federation;
  }

  Lines lines() {
    return lines;
  }

  Agents agents() {
    return agents;
  }
}
