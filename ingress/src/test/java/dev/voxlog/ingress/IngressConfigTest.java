package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.ingress.IngressConfig.Agents;
import dev.voxlog.ingress.IngressConfig.MediaEndpoint;
import dev.voxlog.ingress.IngressConfig.Realtime;
import dev.voxlog.ingress.IngressConfig.Web;
import dev.voxlog.runtime.gate.ConnectionLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngressConfigTest {
  @Test
  void beyondLoopbackOnlyWithAnAuthToken() {
    assertThatThrownBy(() -> new Web("0.0.0.0", 8080, null, null))
        .hasMessageContaining("ingress.host is 0.0.0.0")
        .hasMessageContaining("set ingress.authToken");
    assertThatThrownBy(() -> new Web("voice.example.com", 8080, null, " "))
        .hasMessageContaining("ingress.authToken");
    assertThat(new Web("0.0.0.0", 8080, null, "secret").port()).isEqualTo(8080);
    assertThat(new Web("::1", 8080, null, null).authToken()).isNull();
    assertThat(new Web("localhost", 0, "https://voice.example.com/", "secret").publicUrl())
        .isEqualTo("https://voice.example.com");
  }

  @Test
  void aPublicAddressOnlyWithAnAuthToken() {
    assertThatThrownBy(() -> new Web("127.0.0.1", 8080, "https://voice.example.com", null))
        .hasMessageContaining("ingress.publicUrl is https://voice.example.com")
        .hasMessageContaining("set ingress.authToken");
    assertThat(new Web("127.0.0.1", 8080, "http://localhost:8443", null).authToken()).isNull();
    assertThat(new Web("127.0.0.1", 8080, "http://[::1]:8443", null).authToken()).isNull();
  }

  @Test
  void eachEdgeThatOthersReachNeedsItsOwnSecret() {
    Realtime tokens = new Realtime(List.of("0123456789abcdef"), List.of(), 1 << 20);
    Web programs = new Web("0.0.0.0", 8080, null, null, tokens);
    Web carrier = new Web("127.0.0.1", 8080, "https://voice.example.com", "secret");
    Web nobodyElse = new Web("127.0.0.1", 8080, null, null);

    assertThat(programs.takesRealtime()).isTrue();
    assertThat(programs.takesCarrier()).isFalse();
    assertThat(programs.edgesThatAreOff()).singleElement().asString().contains("ingress.authToken");
    assertThat(carrier.takesRealtime()).isFalse();
    assertThat(carrier.takesCarrier()).isTrue();
    assertThat(carrier.edgesThatAreOff())
        .singleElement()
        .asString()
        .contains("ingress.realtime.tokens");
    assertThat(nobodyElse.edgesThatAreOff()).isEmpty();
  }

  private static List<String> warnings(Web web) {
    return IngressConfig.local(0, "acme@1").with(web).warnings();
  }

  @Test
  void whoLetsOthersInWithoutEncryptionIsWarnedAndToldTheWaysOut() {
    Realtime tokens = new Realtime(List.of("0123456789abcdef"), List.of(), 1 << 20);
    assertThat(warnings(new Web("0.0.0.0", 8080, null, "secret", tokens)))
        .singleElement()
        .asString()
        .contains(
            "ingress.host is 0.0.0.0",
            "nothing is encrypted",
            "set ingress.tls.cert and ingress.tls.key",
            "ingress.publicUrl to its https address");
    assertThat(warnings(new Web("127.0.0.1", 8080, "http://voice.example.com", "secret", tokens)))
        .singleElement()
        .asString()
        .contains("ingress.publicUrl is http://voice.example.com");
    assertThat(warnings(new Web("0.0.0.0", 8080, "https://voice.example.com", "secret", tokens)))
        .isEmpty();
    assertThat(warnings(new Web("127.0.0.1", 8080, null, null))).isEmpty();
  }

  @Test
  void aTokenIsLongAndAnOriginIsNoMoreThanThat() {
    assertThatThrownBy(() -> new Realtime(List.of("short"), List.of(), 1 << 20))
        .hasMessageContaining("ingress.realtime.tokens")
        .hasMessageNotContaining("short\"");
    assertThatThrownBy(() -> new Realtime(List.of(), List.of("https://a.example/page"), 1 << 20))
        .hasMessageContaining("ingress.realtime.origins");
    assertThatThrownBy(() -> new Realtime(List.of(), List.of(), 0))
        .hasMessageContaining("ingress.realtime.messageBytes is 0");
  }

  @Test
  void ratesLetCallsIn() {
    assertThatThrownBy(() -> new IngressConfig.Rates(0, 5))
        .hasMessageContaining("ingress.limits.callsPerMinutePerCaller is 0");
    assertThatThrownBy(() -> new IngressConfig.Rates(5, -1))
        .hasMessageContaining("ingress.limits.callsPerMinute is -1");
    ConnectionLimits connections = CallerLimits.USUAL.connections();
    assertThatThrownBy(() -> new CallerLimits(0, 6_000, connections))
        .hasMessageContaining("ingress.limits.callsPerCaller is 0");
    assertThatThrownBy(() -> new CallerLimits(1, 3_999, connections))
        .hasMessageContaining("ingress.limits.charactersPerMinutePerCaller is 3999");
  }

  @Test
  void theMediaPortBeyondLoopbackOnlyWithASecretAndAnAddress() {
    assertThatThrownBy(() -> new MediaEndpoint("10.0.0.5", 0, null, null))
        .hasMessageContaining("ingress.media.secret");
    assertThatThrownBy(() -> new MediaEndpoint("0.0.0.0", 0, null, "s"))
        .hasMessageContaining("ingress.media.advertisedHost");
    assertThat(new MediaEndpoint("0.0.0.0", 0, "node-1", "s").reachableHost()).isEqualTo("node-1");
  }

  @Test
  void whatCannotWorkIsRefusedWithItsRule() {
    assertThatThrownBy(() -> new Web("127.0.0.1", 70_000, null, null))
        .hasMessageContaining("between 0 and 65535");
    assertThatThrownBy(() -> new Web("127.0.0.1", 1, "voice.example.com", null))
        .hasMessageContaining("https://");
    assertThatThrownBy(() -> new Web("127.0.0.1", 1, "https://h/path", null))
        .hasMessageContaining("scheme and host alone");
    assertThatThrownBy(() -> new Agents("acme", Map.of())).hasMessageContaining("name@hash");
  }

  @Test
  void keysPressedForAnAgentThatNobodyKnowsPassAllMasks() {
    CallerMask both =
        new AllMasks(List.of(new WithholdingMask("4111"), new WithholdingMask("olives")));
    assertThat(both.pressed("4", 0)).containsExactly("x");
    assertThat(both.pressed("1", 100)).containsExactly("x");
    assertThat(both.resting(500)).isEmpty();
    assertThat(both.ending()).containsExactly("x", "xxxx41");
  }

  @Test
  void whatIsTypedToAnAgentThatNobodyKnowsIsKeptWithoutAllThatAnyDoesNotKeep() {
    Agents agents =
        new Agents(
            "acme@1",
            Map.of("pizza", "pizza@2"),
            Map.of(
                "acme@1", () -> new WithholdingMask("4111"),
                "pizza@2", () -> new WithholdingMask("olives")),
            Map.of());
    assertThat(agents.mask("pizza@2").typed("4111 olives", 0)).isEqualTo("4111 [masked]");
    assertThat(agents.mask("acme@0").typed("4111 olives", 0)).isEqualTo("[masked] [masked]");
    assertThatThrownBy(() ->
            new Agents(
                "acme@1",
                Map.of("pizza", "pizza@2"),
                Map.of("acme@1", () -> CallerMask.NONE),
                Map.of()))
        .hasMessageContaining("pizza@2");
  }

  @Test
  void agentsAreFoundByName() {
    Agents agents = new Agents("acme@1", Map.of("pizza", "pizza@2"));
    assertThat(agents.key(null)).contains("acme@1");
    assertThat(agents.key("acme")).contains("acme@1");
    assertThat(agents.key("pizza")).contains("pizza@2");
    assertThat(agents.key("nobody")).isEmpty();
  }
}
