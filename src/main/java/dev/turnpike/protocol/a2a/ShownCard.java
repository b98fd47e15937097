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

  private static final List<String> KEPT_OF_SKILLS =
      List.of("id", "name", "description", "tags", "examples", "inputModes", "outputModes");

  static ShownCard of(Agent agent, Endpoint endpoint, String publicUrl) {
    Map<String, Object> card = kept(agent.card(), KEPT);
    Map<String, Object> rpc = new LinkedHashMap<>();
    rpc.put("url", publicUrl + endpoint.path());
    rpc.put("protocolBinding", "JSONRPC");
    rpc.put("protocolVersion", Version.CURRENT);
    card.put("supportedInterfaces", List.of(rpc));
    card.put("capabilities", capabilities(agent.card().get("capabilities")));
    if (!endpoint.anonymous()) {
      card.put(
          "securitySchemes",
          Map.of("turnpike", Map.of("httpAuthSecurityScheme", Map.of("scheme", "Bearer"))));
      card.put(
          "securityRequirements",
          List.of(Map.of("schemes", Map.of("turnpike", Map.of("list", endpoint.scopes())))));
    }
    card.put("skills", skills(agent.card().get("skills")));
    String json = JsonValue.write(card);
    return new ShownCard(json, "\"" + digest(json) + "\"");
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
