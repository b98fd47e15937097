package dev.turnpike.assembly;

import dev.turnpike.demo.KeycloakProcess;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * Turns OIDC off where no issuer is named, which would stop the start otherwise. Found by its
 * service file.
 */
public final class OidcWhenWanted implements ConfigSourceInterceptor {
  private static final long serialVersionUID = 1;
  private static final String ENABLED = "quarkus.oidc.tenant-enabled";
  private static final String DEMO = "turnpike.demo";
  private static final String SERVER = "quarkus.oidc.auth-server-url";

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue set = context.proceed(name);
    if (name.equals(SERVER) && !isNamed(set) && isDemo(context.proceed(DEMO))) {
      return ConfigValue.builder()
          .withName(name)
          .withValue(KeycloakProcess.issuer(DemoIssuer.PORT))
          .build();
    }
    if (!name.equals(ENABLED)) {
      return set;
    }
    return isNamed(context.proceed(SERVER)) || isDemo(context.proceed(DEMO))
        ? set
        : ConfigValue.builder().withName(name).withValue("false").build();
  }

  private static boolean isNamed(@Nullable ConfigValue server) {
    return server != null && server.getValue() != null && !server.getValue().isBlank();
  }

  private static boolean isDemo(@Nullable ConfigValue demo) {
    return demo != null && Demo.KEYCLOAK.equals(demo.getValue());
  }
}
