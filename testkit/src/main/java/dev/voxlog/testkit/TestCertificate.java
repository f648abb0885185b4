package dev.voxlog.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// A certificate for localhost that signs itself, and its key, as PEM files.
public record TestCertificate(Path cert, Path key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /// Made anew in the folder, by the JDK's own tool.
  ///
  /// @throws IllegalStateException if the tool fails
  public static TestCertificate in(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    (keytool
                            + " -genkeypair -alias node -keyalg EC -dname CN=localhost -ext"
                            + " san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass changeit"
                            + " -keystore "
                            + store)
                        .split(" ")))
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool made no certificate in " + store);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    byte[] key = Objects.requireNonNull(keys.getKey("node", PASSWORD)).getEncoded();
    return new TestCertificate(
        write(folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("node").getEncoded()),
        write(folder.resolve("key.pem"), "PRIVATE KEY", key));
  }

  private static Path write(Path file, String what, byte[] bytes) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, lines.encodeToString(bytes), what));
  }
}
