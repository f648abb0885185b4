package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

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

/// A certificate that signs itself, and its key, as PEM files; valid for 90 days from now.
record Certificates(Path cert, Path key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static Certificates in(Path folder, String algorithm, String name, String hosts)
      throws IOException, InterruptedException, GeneralSecurityException {
    Files.createDirectories(folder);
    Path store = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            (keytool
                    + " -genkeypair -alias node -keyalg %s -dname CN=%s -validity 90 -ext san=%s"
                        .formatted(algorithm, name, hosts)
                    + " -storetype PKCS12 -storepass changeit -keystore "
                    + store)
                .split(" "));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    byte[] key = Objects.requireNonNull(keys.getKey("node", PASSWORD)).getEncoded();
    byte[] cert = keys.getCertificate("node").getEncoded();
    return new Certificates(
        write(folder.resolve("cert.pem"), "CERTIFICATE", cert),
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
