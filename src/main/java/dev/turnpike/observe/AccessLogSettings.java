package dev.turnpike.observe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code turnpike.access-log.*}. */
@ConfigMapping(prefix = "turnpike.access-log")
public interface AccessLogSettings {
  /** {@code text} or {@code json}. */
  @WithDefault("text")
  AccessLog.Format format();
}
