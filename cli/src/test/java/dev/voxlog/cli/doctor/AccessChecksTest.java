package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.cli.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessChecksTest {

  private static List<Finding> found(Map<String, String> keys) {
    return new AccessChecks(Settings.of(keys), Instant.now()).all();
  }

  private static Finding bad(Map<String, String> keys) {
    List<Finding> bad =
        found(keys).stream().filter(finding -> finding.state() == State.BAD).toList();
    assertThat(bad).hasSize(1);
    return bad.getFirst();
  }

  @Test
  void loopbackNeedsNoSecret() {
    assertThat(found(Map.of()))
        .containsExactly(Finding.ok("access", "only this machine reaches ingress"));
  }

  @Test
  void aWideBindWithoutATokenIsBadWithItsFix() {
    Finding finding = bad(Map.of("ingress.host", "0.0.0.0"));
    assertThat(finding.what()).contains("ingress.host is 0.0.0.0");
    assertThat(finding.fix()).contains("ingress.authToken");
  }

  @Test
  void aTokenThatIsTooShortIsBad() {
    assertThat(bad(Map.of("ingress.realtime.tokens", "short")).fix()).contains("openssl rand");
  }

  @Test
  void anEdgeThatIsOffAndAPortWithoutTlsAreNoted() {
    List<Finding> found =
        found(Map.of("ingress.host", "0.0.0.0", "ingress.authToken", "0123456789abcdef"));
    assertThat(found).extracting(Finding::state).containsExactly(State.OK, State.NOTE, State.NOTE);
    assertThat(found.get(1).fix()).contains("ingress.realtime.tokens");
    assertThat(found.get(2).what()).contains("unencrypted");
    assertThat(found).noneMatch(finding -> finding.toString().contains("0123456789abcdef"));
  }

  @Test
  void aPublicAddressWithoutTlsIsBad() {
    assertThat(
            bad(Map.of(
                    "ingress.publicUrl", "http://voice.example.com",
                    "ingress.authToken", "0123456789abcdef",
                    "ingress.realtime.tokens", "0123456789abcdef"))
                .what())
        .contains("TLS");
  }

  @Test
  void aCertificateWithoutItsKeyIsBad() {
    assertThat(bad(Map.of("ingress.tls.cert", "/nowhere/cert.pem")).fix())
        .contains("ingress.tls.key is not set");
  }

  @Test
  void anOpenMediaPortWithoutASecretIsBad() {
    assertThat(bad(Map.of("ingress.media.host", "0.0.0.0")).fix()).contains("ingress.media.secret");
  }

  @Test
  void aStagesSettingThatItWouldRefuseIsBad() {
    assertThat(bad(Map.of("llm.confirmBelow", "2")).what()).contains("llm.confirmBelow");
    assertThat(bad(Map.of("nlu.zone", "Mars")).fix()).contains("Europe/Berlin");
  }
}
