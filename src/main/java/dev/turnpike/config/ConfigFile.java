package dev.turnpike.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code turnpike.yaml} on disk. Follows links anew on each look, so that a Kubernetes volume whose
 * {@code ..data} link is swapped is seen. Blocks while it reads.
 */
public final class ConfigFile {
  private final Path path;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * @param environment the value of a variable, or null where it is not set
   */
  public ConfigFile(Path path, UnaryOperator<@Nullable String> environment) {
    this.path = path;
    this.environment = environment;
  }

  public Path path() {
    return path;
  }

  /** What is there now. Never fails: that the file cannot be read is content, too. */
  public Content look() {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(YamlSyntax.LARGEST + 1);
      return decoded(bytes, fingerprint(bytes));
    } catch (NoSuchFileException gone) {
      return new Content("gone", "", "there is no such file");
    } catch (AccessDeniedException denied) {
      return new Content("denied", "", "the file may not be read by this process");
    } catch (IOException broken) {
      String what = Files.isDirectory(path) ? "it is a folder" : broken.getClass().getSimpleName();
      return new Content("unreadable " + what, "", "the file cannot be read: " + what);
    }
  }

  /** Reads and checks the file as it is now. */
  public Setup read() throws ConfigRejected {
    return read(look());
  }

  /** Checks what an earlier look has found. */
  Setup read(Content content) throws ConfigRejected {
    if (!content.trouble().isEmpty()) {
      throw new ConfigRejected(
          List.of(
              new Problem(
                  new Mark(path.toString(), 1, 1), Problems.WHOLE_FILE, content.trouble())));
    }
    return ConfigReader.read(content.text(), path.toString(), environment);
  }

  private static Content decoded(byte[] bytes, String fingerprint) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Content(fingerprint, text, "");
    } catch (CharacterCodingException broken) {
      String trouble =
          bytes.length > YamlSyntax.LARGEST ? "found more than 1 MiB" : "the file is not UTF-8";
      return new Content(fingerprint, "", trouble);
    }
  }

  private static String fingerprint(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * What one look has found.
   *
   * @param fingerprint equal for equal content
   * @param trouble why there is no text; empty when there is
   */
  public record Content(String fingerprint, String text, String trouble) {}
}
