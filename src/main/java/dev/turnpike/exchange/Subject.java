package dev.turnpike.exchange;

import java.util.List;
import java.util.Map;

/** A user or client, as a verified token says. */
public record Subject(
    String subject,
    String client,
    String tenant,
    List<String> groups,
    List<String> scopes,
    Map<String, Object> claims) {
  public Subject {
    groups = List.copyOf(groups);
    scopes = List.copyOf(scopes);
    claims = Map.copyOf(claims);
  }
}
