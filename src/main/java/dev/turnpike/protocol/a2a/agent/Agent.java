package dev.turnpike.protocol.a2a.agent;

import dev.turnpike.rpc.Payload;
import java.net.URI;
import java.util.Map;

/**
 * An agent, as its card says.
 *
 * @param card all of it, as it was read
 * @param written the same as it was written
 * @param address where it is spoken to in JSON-RPC
 * @param version in which it is spoken to there, as major and minor
 * @param tenant that every request to it must name; empty: none
 */
public record Agent(
    Map<String, Object> card, Payload written, URI address, String version, String tenant) {}
