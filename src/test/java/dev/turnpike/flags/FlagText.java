package dev.turnpike.flags;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** Flag files to test with. */
final class FlagText {
  static final String SWITCH =
      """
      {"flags":{"gateway.alpha.all":{"state":"ENABLED","variants":{"on":true,"off":false},
        "defaultVariant":"on","metadata":{"kind":"kill-switch","stage":"stable","default":true,
        "owner":"operators","since":"0.1.0"}}}}
      """;

  private FlagText() {}

  /** An alpha with all that it has to say. */
  static String alpha(String key) {
    return """
    {"flags":{"%s":{"state":"ENABLED","variants":{"on":true,"off":false},"defaultVariant":"off",
      "metadata":{"kind":"protocol","stage":"alpha","lane":"experimental","owner":"maintainers",
      "since":"0.3.0","expires":"2027-01-31","killSwitch":"gateway.alpha.all","maxConcurrency":32,
      "queueLimit":0,"tokenShare":0.05,"timeoutMs":30000,"breakerErrorRate":0.2}}}}
    """
        .formatted(key);
  }

  static String stable(String key) {
    return """
    {"flags":{"%s":{"state":"ENABLED","variants":{"on":true,"off":false},"defaultVariant":"on",
      "metadata":{"kind":"protocol","stage":"stable","default":true,"owner":"maintainers",
      "since":"0.1.0"}}}}
    """
        .formatted(key);
  }

  /** What a look would find: names without {@code .json}, and texts, in turns. */
  static FlagFolder.Content content(String... keysAndTexts) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < keysAndTexts.length; i += 2) {
      files.put(keysAndTexts[i] + ".json", keysAndTexts[i + 1].getBytes(UTF_8));
    }
    return new FlagFolder.Content(files, "", String.join("|", keysAndTexts));
  }

  /** The same with the kill switch of all alphas. */
  static FlagSet set(String... keysAndTexts) {
    try {
      FlagFolder.Content rest = content(keysAndTexts);
      Map<String, byte[]> all = new LinkedHashMap<>(rest.files());
      all.put("gateway.alpha.all.json", SWITCH.getBytes(UTF_8));
      return FlagFolder.read(new FlagFolder.Content(all, "", "x"), Map.of());
    } catch (FlagsRejected rejected) {
      throw new AssertionError(rejected);
    }
  }
}
