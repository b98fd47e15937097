package dev.turnpike.protocol.a2a;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.protocol.a2a.agent.Agent;
import dev.turnpike.rpc.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card as callers see it: what is the agent's own to say, and where it is spoken to through us.
 * Its signature is left out, since it would be one of another card.
 *
 * @param etag with its quotes
 */
record ShownCard(String json, String etag) {
  /** What says nothing of where an agent is, how it is let in to, or what else it speaks. */
  private static final List<String> KEPT =
      List.of(
          "name",
          "description",
          "version",
          "provider",
          "iconUrl",
          "documentationUrl",
          "defaultInputModes",
          "defaultOutputModes");

  private static final String RPC = "JSONRPC";

  private static final List<String> KEPT_OF_SKILLS =
      List.of("id", "name", "description", "tags", "examples", "inputModes", "outputModes");

  /**
   * The card of an endpoint.
   *
   * @param versions that it names; with 0.3 among them it is a card of both, since who reads one of
   *     0.3 does not say so
   */
  static ShownCard of(Agent agent, List<String> versions, Endpoint endpoint, String publicUrl) {
    Map<String, Object> card = kept(agent.card(), KEPT);
    String url = publicUrl + endpoint.path();
    card.put(
        "supportedInterfaces", versions.stream().map(version -> spoken(url, version)).toList());
    boolean old = versions.contains(Version.UNNAMED);
    if (old) {
      card.put("protocolVersion", "0.3.0");
      card.put("url", url);
      card.put("preferredTransport", RPC);
      card.put("supportsAuthenticatedExtendedCard", false);
    }
    card.put("capabilities", capabilities(agent.card().get("capabilities")));
    if (!endpoint.anonymous()) {
      card.put("securitySchemes", Map.of("turnpike", bearer(old)));
      if (old) {
        card.put("security", List.of(Map.of("turnpike", endpoint.scopes())));
      }
      card.put(
          "securityRequirements",
          List.of(Map.of("schemes", Map.of("turnpike", Map.of("list", endpoint.scopes())))));
    }
    card.put("skills", skills(agent.card().get("skills")));
    String json = JsonValue.write(card);
    return new ShownCard(json, "\"" + digest(json) + "\"");
  }

  // in an order of its own, so that every replica writes the same card
  private static Map<String, Object> spoken(String url, String version) {
    Map<String, Object> spoken = new LinkedHashMap<>();
    spoken.put("url", url);
    spoken.put("protocolBinding", RPC);
    spoken.put("protocolVersion", version);
    return spoken;
  }

  private static Map<String, Object> bearer(boolean old) {
    Map<String, Object> scheme = new LinkedHashMap<>();
    scheme.put("httpAuthSecurityScheme", Map.of("scheme", "Bearer"));
    if (old) {
      scheme.put("type", "http");
      scheme.put("scheme", "Bearer");
    }
    return scheme;
  }

  private static Map<String, Object> kept(Map<?, ?> from, List<String> names) {
    Map<String, Object> kept = new LinkedHashMap<>();
    for (String name : names) {
      Object value = from.get(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    return kept;
  }

  private static Map<String, Object> capabilities(@Nullable Object said) {
    Map<String, Object> capabilities = new LinkedHashMap<>();
    capabilities.put(
        "streaming", said instanceof Map<?, ?> own && Boolean.TRUE.equals(own.get("streaming")));
    capabilities.put("pushNotifications", false);
    capabilities.put("extendedAgentCard", false);
    return capabilities;
  }

  private static List<Object> skills(@Nullable Object said) {
    return said instanceof List<?> all
        ? all.stream()
            .filter(Map.class::isInstance)
            .<Object>map(skill -> kept((Map<?, ?>) skill, KEPT_OF_SKILLS))
            .toList()
        : List.of();
  }

  private static String digest(String json) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 15));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent);
    }
  }

  /** Whether a caller that says this has the card already. */
  boolean isNamedIn(String ifNoneMatch) {
    return Arrays.stream(ifNoneMatch.split(",", 64))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(etag) || one.equals("W/" + etag));
  }
}
