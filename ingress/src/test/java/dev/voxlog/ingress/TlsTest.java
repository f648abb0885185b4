package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.testkit.TestCertificate;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
  @TempDir Path folder;

  @Test
  void aCarrierCallsOverTls() throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    IngressConfig.Tls tls = new IngressConfig.Tls(certificate.cert(), certificate.key());
    try (IngressFixture node = new IngressFixture(c -> c.with(tls));
        Switchboard switchboard = new Switchboard(certificate.cert())) {
      assertThat(node.ingress.scheme()).isEqualTo("https");
      URI webhook = URI.create("https://127.0.0.1:" + node.ingress.port() + "/twilio/voice");
      TwilioCaller caller = switchboard.call(CallPlan.to(webhook));
      caller.connected().orTimeout(40, TimeUnit.SECONDS).join();

      await()
          .until(() -> !node.log.of(IngressFixture.id(caller), CallEvent.Attached.class).isEmpty());
    }
  }

  @Test
  void filesThatHoldNoCertificateAreNamed() throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    IngressConfig.Tls broken = new IngressConfig.Tls(empty, certificate.key());

    assertThatThrownBy(() -> new IngressFixture(c -> c.with(broken)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ingress.tls.cert " + empty);
  }
}
