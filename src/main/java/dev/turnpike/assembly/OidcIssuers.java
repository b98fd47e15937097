package dev.turnpike.assembly;

import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.oidc.runtime.OidcRecorder;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The issuers that Quarkus is configured for, the default one and those with a name ({@code
 * quarkus.oidc.<name>.*}), by what they call themselves in tokens. The one that is named {@code
 * admin} is for administrators alone: no caller of an endpoint is known by it.
 */
@ApplicationScoped
class OidcIssuers {
  private static final Logger LOG = Logger.getLogger("turnpike.identity");
  private static final String ANY = "any";
  private static final String ADMIN = "admin";

  private final Map<String, TenantIdentityProvider> byName = new LinkedHashMap<>();
  private final List<String> servers = new ArrayList<>();
  private final List<TenantConfigContext> contexts;
  private final Optional<TenantConfigContext> admin;
  private final TenantIdentityProvider standard;

  OidcIssuers(TenantConfigBean configured, TenantIdentityProvider standard) {
    this.standard = standard;
    List<TenantConfigContext> all =
        Stream.concat(
                Stream.of(configured.getDefaultTenant()),
                configured.getStaticTenantsConfig().values().stream())
            .filter(context -> context.oidcConfig().tenantEnabled())
            .filter(context -> context.oidcConfig().authServerUrl().isPresent())
            .toList();
    this.contexts = all.stream().filter(context -> !isAdmin(context)).toList();
    this.admin = all.stream().filter(OidcIssuers::isAdmin).findFirst();
    for (TenantConfigContext context : contexts) {
      String server = context.oidcConfig().authServerUrl().orElseThrow();
      servers.add(server);
      byName.put(
          plain(context.oidcConfig().token().issuer().filter(i -> !ANY.equals(i)).orElse(server)),
          context == configured.getDefaultTenant()
              ? standard
              : provider(context.oidcConfig().tenantId().orElseThrow()));
    }
  }

  private static boolean isAdmin(TenantConfigContext context) {
    return context.oidcConfig().tenantId().filter(ADMIN::equals).isPresent();
  }

  // Quarkus has no other way to one whose name is not known when it is built
  private static TenantIdentityProvider provider(String name) {
    return new OidcRecorder(null, null).createTenantIdentityProvider(name).get();
  }

  /** The one for administrators; empty where they are known by the tokens of callers. */
  Optional<TenantIdentityProvider> admin() {
    return admin.map(_ -> provider(ADMIN));
  }

  /** Where tokens of callers are got from, the default issuer first; empty where there is none. */
  List<String> servers() {
    return List.copyOf(servers);
  }

  /**
   * Who has to verify the token. What it says of its issuer is only looked at to choose: the issuer
   * that is chosen verifies that, too.
   */
  TenantIdentityProvider of(String token) {
    return issuer(token)
        .map(name -> byName.getOrDefault(plain(name), first()))
        .orElseGet(this::first);
  }

  private TenantIdentityProvider first() {
    return byName.values().stream().findFirst().orElse(standard);
  }

  private static Optional<String> issuer(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      return Optional.ofNullable(new JsonObject(claims).getValue("iss")).map(String::valueOf);
    } catch (IllegalArgumentException | DecodeException noToken) {
      return Optional.empty();
    }
  }

  private static String plain(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Whether each was reached at least once, so that tokens of callers can be verified. */
  boolean ready() {
    return contexts.stream().allMatch(TenantConfigContext::ready);
  }

  /** Whether there is none that {@link #retry} would still try to reach. */
  boolean allReached() {
    return ready() && admin.map(TenantConfigContext::ready).orElse(true);
  }

  /** Tries those again that were not reached yet. */
  void retry() {
    Stream.concat(contexts.stream(), admin.stream())
        .filter(context -> !context.ready())
        .forEach(context ->
            context
                .initialize()
                .subscribe()
                .with(
                    reached -> LOG.debugf("issuer reached: %s", reached.ready()),
                    failure -> LOG.debug("an issuer of tokens cannot be reached", failure)));
  }
}
