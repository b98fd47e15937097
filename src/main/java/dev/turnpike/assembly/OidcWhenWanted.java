package dev.turnpike.assembly;

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
  private static final String SERVER = "quarkus.oidc.auth-server-url";

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue set = context.proceed(name);
    if (!name.equals(ENABLED)) {
      return set;
    }
    ConfigValue server = context.proceed(SERVER);
    boolean named = server != null && server.getValue() != null && !server.getValue().isBlank();
    return named ? set : ConfigValue.builder().withName(name).withValue("false").build();
  }
}
