package dev.turnpike.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals for one purpose, with AES-256-GCM. Each purpose has keys of its own, derived once from
 * those of the ring (HKDF-SHA256), so that what was sealed for one does not open for another.
 * Thread-safe.
 */
public final class Seal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int MAX_TEXT = 16_384;

  // finding one costs three times what sealing some bytes does; each use begins with init
  private static final ThreadLocal<Cipher> CIPHERS =
      ThreadLocal.withInitial(() -> {
        try {
          return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
          throw new IllegalStateException(impossible);
        }
      });

  private final String purpose;
  private final Supplier<KeyRing> ring;
  private final RandomGenerator random;
  private final Map<KeyRing.Key, SecretKey> derived = new ConcurrentHashMap<>();

  /**
   * @param purpose told apart from every other by its text
   * @param ring asked each time, so that keys can be changed while the process runs
   * @param random a source that cannot be predicted
   */
  public Seal(String purpose, Supplier<KeyRing> ring, RandomGenerator random) {
    this.purpose = purpose;
    this.ring = ring;
    this.random = random;
  }

  /**
   * Seals the bytes.
   *
   * @param bound what must be the same when it is opened; order matters
   * @return in the characters of base64url and a dot
   */
  public String seal(byte[] plain, List<String> bound) {
    KeyRing.Key key = ring.get().first();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Opens what was sealed here for the same purpose and binding; empty for anything else. */
  public Optional<byte[]> open(String text, List<String> bound) {
    int dot = text.indexOf('.');
    if (dot < 0 || text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    Optional<KeyRing.Key> key = ring.get().named(text.substring(0, dot));
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      String body = text.substring(dot + 1);
      byte[] whole = Base64.getUrlDecoder().decode(body);
      // one spelling only: the decoder forgives bits that do not count
      if (whole.length <= NONCE_BYTES
          || !Base64.getUrlEncoder().withoutPadding().encodeToString(whole).equals(body)) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key.get(), nonce, bound)
              .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, KeyRing.Key key, byte[] nonce, List<String> bound)
      throws GeneralSecurityException {
    Cipher cipher = CIPHERS.get();
    cipher.init(mode, derived(key), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(joined(bound));
    return cipher;
  }

  private SecretKey derived(KeyRing.Key key) {
    return derived.computeIfAbsent(
        key,
        from -> {
          try {
            return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                    "AES",
                    HKDFParameterSpec.ofExtract()
                        .addIKM(from.secret())
                        .thenExpand(("turnpike " + purpose).getBytes(UTF_8), 32));
          } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
  }

  // each with its length, so that no two lists give the same bytes
  private static byte[] joined(List<String> bound) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String part : bound) {
      byte[] bytes = part.getBytes(UTF_8);
      out.writeBytes((bytes.length + ":").getBytes(UTF_8));
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }
}
