package dev.turnpike.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority, and certificates of it, made with the JDK's own tool. */
public final class Certificates {
  /** Of every store. */
  public static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path authority;
  private int made;

  /** Makes the key of the authority, and a store that trusts it. */
  public Certificates(Path folder) {
    try {
      this.folder = Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    this.authority = folder.resolve("ca.p12");
    tool(
        "-genkeypair",
        authority,
        "-alias",
        "ca",
        "-dname",
        "CN=mesh",
        "-ext",
        "bc:c=ca:true",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "30");
    tool("-exportcert", authority, "-alias", "ca", "-rfc", "-file", pem().toString());
    tool("-importcert", trust(), "-noprompt", "-alias", "ca", "-file", pem().toString());
  }

  private Path pem() {
    return folder.resolve("ca.pem");
  }

  /** A store that trusts the authority. */
  public Path trust() {
    return folder.resolve("trust.p12");
  }

  /**
   * A store with a key and its certificate.
   *
   * @param names the alternative names, as the tool takes them, such as {@code uri:spiffe://…};
   *     empty: none
   * @param options more of the tool's options, such as {@code -startdate}
   */
  public Path issue(String names, String... options) {
    String name = "own-" + ++made;
    Path store = folder.resolve(name + ".p12");
    String request = folder.resolve(name + ".csr").toString();
    String certificate = folder.resolve(name + ".pem").toString();
    tool(
        "-genkeypair",
        store,
        "-alias",
        "own",
        "-dname",
        "CN=" + name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1");
    tool("-certreq", store, "-alias", "own", "-file", request);
    List<String> sign =
        new ArrayList<>(
            List.of("-alias", "ca", "-infile", request, "-outfile", certificate, "-rfc"));
    if (!names.isEmpty()) {
      sign.addAll(List.of("-ext", "san=" + names));
    }
    sign.addAll(List.of(options));
    tool("-gencert", authority, sign.toArray(String[]::new));
    tool("-importcert", store, "-noprompt", "-alias", "ca", "-file", pem().toString());
    tool("-importcert", store, "-noprompt", "-alias", "own", "-file", certificate);
    return store;
  }

  /**
   * A client that trusts the authority; it shows the certificate of a store, where one is given.
   */
  public SSLContext client(Path... own) {
    try {
      KeyManager[] keys = {};
      if (own.length > 0) {
        KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(own[0]), PASSWORD.toCharArray());
        keys = factory.getKeyManagers();
      }
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(load(trust()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD.toCharArray());
    }
    return loaded;
  }

  private static void tool(String command, Path store, String... options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(command, "-keystore", store.toString(), "-storepass", PASSWORD));
    line.addAll(List.of(options));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(line + ": " + said);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
