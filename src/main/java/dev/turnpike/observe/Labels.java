package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a call is called in meters. A caller cannot make up a label: what is not known is {@code
 * other}, and what was never read is {@code none}.
 *
 * @param endpoint whether a name is that of an endpoint
 * @param method whether a name is that of a method of some protocol
 */
public record Labels(Predicate<String> endpoint, Predicate<String> method) {
  private static final String OTHER = "other";
  private static final String NONE = "none";

  String endpointOf(@Nullable Call call) {
    return call == null ? NONE : known(endpoint, call.endpoint());
  }

  String methodOf(@Nullable Call call) {
    return call == null ? NONE : known(method, call.method());
  }

  private static String known(Predicate<String> names, String name) {
    return names.test(name) ? name : OTHER;
  }
}
