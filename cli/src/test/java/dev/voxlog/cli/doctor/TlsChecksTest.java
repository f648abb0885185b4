package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.doctor.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsChecksTest {
  private static final Instant NOW = Instant.now().plusSeconds(60);

  @TempDir private static Path folder;
  private static Certificates node;
  private static Certificates other;

  @BeforeAll
  static void make() throws IOException, InterruptedException, GeneralSecurityException {
    node =
        Certificates.in(
            folder.resolve("node"), "EC", "node", "dns:voice.example.com,dns:*.calls.example.com");
    other = Certificates.in(folder.resolve("other"), "RSA", "other", "dns:localhost");
  }

  private static List<Finding> found(Path cert, Path key, Instant now, @Nullable String publicUrl) {
    return new TlsChecks(cert, key, now).all(publicUrl);
  }

  private static Finding bad(Path cert, Path key, Instant now, @Nullable String publicUrl) {
    List<Finding> bad =
        found(cert, key, now, publicUrl).stream()
            .filter(finding -> finding.state() == State.BAD)
            .toList();
    assertThat(bad).hasSize(1);
    return bad.getFirst();
  }

  @Test
  void aCertificateWithItsKeyForItsNameIsFine() {
    for (String url : List.of("https://voice.example.com", "https://eu.calls.example.com")) {
      assertThat(found(node.cert(), node.key(), NOW, url))
          .filteredOn(finding -> !finding.what().contains("signs itself"))
          .hasSize(3)
          .allMatch(finding -> finding.state() == State.OK);
    }
    assertThat(found(other.cert(), other.key(), NOW, null))
        .extracting(Finding::state)
        .containsExactly(State.OK, State.OK, State.NOTE);
  }

  @Test
  void anExpiredOneOrOneOfLaterIsBadAndOneThatSoonExpiresIsNoted() {
    assertThat(bad(node.cert(), node.key(), NOW.plus(Duration.ofDays(91)), null).what())
        .contains("expired");
    assertThat(bad(node.cert(), node.key(), NOW.minus(Duration.ofDays(2)), null).what())
        .contains("valid from");
    assertThat(
            found(node.cert(), node.key(), NOW.plus(Duration.ofDays(80)), null).getFirst().state())
        .isEqualTo(State.NOTE);
  }

  @Test
  void anothersKeyIsBadWhateverItsKind() throws Exception {
    assertThat(bad(node.cert(), other.key(), NOW, null).what()).contains("is not the key of");
    Certificates same = Certificates.in(folder.resolve("same"), "EC", "same", "dns:localhost");
    assertThat(bad(node.cert(), same.key(), NOW, null).what()).contains("is not the key of");
  }

  @Test
  void anotherNameIsBad() {
    for (String url :
        List.of(
            "https://www.example.com",
            "https://calls.example.com",
            "https://a.b.calls.example.com")) {
      assertThat(bad(node.cert(), node.key(), NOW, url).what())
          .startsWith("the certificate is for voice.example.com, *.calls.example.com");
    }
  }

  @Test
  void filesThatAreNoneAreBad() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    Path encrypted =
        Files.writeString(
            folder.resolve("encrypted.pem"),
            Files.readString(node.key()).replace("PRIVATE", "ENCRYPTED PRIVATE"));
    assertThat(bad(folder.resolve("none.pem"), node.key(), NOW, null).fix()).contains("PEM");
    assertThat(bad(text, node.key(), NOW, null).fix()).contains("PEM");
    assertThat(bad(node.cert(), encrypted, NOW, null).fix()).contains("openssl pkcs8");
    assertThat(bad(node.cert(), folder.resolve("none.pem"), NOW, null).what())
        .contains("cannot be read");
  }

  @Test
  void aChainInTheWrongOrderIsBad() throws IOException {
    Path chain =
        Files.writeString(
            folder.resolve("chain.pem"),
            Files.readString(node.cert()) + Files.readString(other.cert()));
    assertThat(bad(chain, node.key(), NOW, null).fix()).startsWith("put them in order");
  }
}
