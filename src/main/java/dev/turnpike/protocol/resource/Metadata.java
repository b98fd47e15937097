package dev.turnpike.protocol.resource;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.identify.Issuer;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One answer with the metadata of an endpoint (RFC 9728, section 3.2). */
final class Metadata implements Dialogue {
  private final Endpoint endpoint;
  private final Issuer issuer;

  Metadata(Endpoint endpoint, Issuer issuer) {
    this.endpoint = endpoint;
    this.issuer = issuer;
  }

  @Override
  public Call call() {
    return new Call(
        endpoint.wire().word(),
        "",
        endpoint.name(),
        Verb.CONTROL,
        "metadata",
        Optional.empty(),
        Optional.empty(),
        Lane.STABLE);
  }

  @Override
  public String upstream() {
    return endpoint.upstream();
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    return new Course.Home(reply -> {
      reply.header("Cache-Control", "max-age=300");
      reply.answer(200, "application/json", Payload.of(JsonValue.write(members())));
    });
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("resource", issuer.resource(endpoint));
    members.put("authorization_servers", issuer.servers());
    if (!endpoint.scopes().isEmpty()) {
      members.put("scopes_supported", endpoint.scopes());
    }
    members.put("bearer_methods_supported", List.of("header"));
    members.put("dpop_signing_alg_values_supported", Issuer.PROOFS);
    members.put("resource_name", endpoint.name());
    return members;
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("no upstream is asked");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    ProtectedResources.refuse(reason, reply);
  }
}
