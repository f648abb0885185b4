package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.voxlog.runtime.gate.ConnectionLimits;
import dev.voxlog.runtime.gate.Visitors;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What of a node's health is told to whom.
@Timeout(60)
class HealthPageTest {
  private static final String TOKEN = "an-operators-token";
  private static final String SHORT = "{\"status\":\"up\",\"takesCalls\":true}\n";

  private static IngressConfig.Web web(String host, @Nullable String publicUrl) {
    return new IngressConfig.Web(host, 0, publicUrl, "carrier-token");
  }

  private static String health(UnaryOperator<IngressConfig> change, String host, String... headers)
      throws Exception {
    try (IngressFixture node = new IngressFixture(change);
        HttpClient client = HttpClient.newHttpClient()) {
      URI at = URI.create("http://" + host + ":" + node.ingress.port() + "/health");
      HttpRequest.Builder request = HttpRequest.newBuilder(at);
      HttpResponse<String> answer =
          client.send(
              (headers.length == 0 ? request : request.headers(headers)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  @Test
  void thisMachineIsToldAll() throws Exception {
    assertThat(health(c -> c, "127.0.0.1"))
        .contains("\"status\":\"up\"", "\"mediaPort\":\"127.0.0.1:", "\"errors\":{}");
  }

  @Test
  void whoComesThroughAProxyOfThisMachineIsToldWhetherCallsAreTakenAndNoMore() throws Exception {
    ConnectionLimits trusting = new ConnectionLimits("ingress", 9, 9, List.of("127.0.0.1"));
    assertThat(health(c -> c.with(c.limits().with(CallerLimits.USUAL.with(trusting))), "127.0.0.1"))
        .isEqualTo(SHORT);
    assertThat(health(c -> c.with(web("127.0.0.1", "https://voice.example.com")), "127.0.0.1"))
        .isEqualTo(SHORT);
    for (String header : List.of("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP")) {
      assertThat(health(c -> c, "127.0.0.1", header, "for=127.0.0.1")).as(header).isEqualTo(SHORT);
    }
  }

  @Test
  void soIsWhoComesFromElsewhere() throws Exception {
    Optional<String> elsewhere =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst();
    assumeThat(elsewhere).isPresent();
    assertThat(health(c -> c.with(web("0.0.0.0", null)), elsewhere.orElseThrow())).isEqualTo(SHORT);
  }

  @Test
  void whoBringsAnOperatorsTokenIsToldAllAndWhoBringsAnotherIsNot() throws Exception {
    UnaryOperator<IngressConfig> guarded =
        c ->
            c.with(
                web("127.0.0.1", "https://voice.example.com")
                    .with(new Visitors("web", List.of(TOKEN), List.of())));
    assertThat(health(guarded, "127.0.0.1", "Authorization", "Bearer " + TOKEN))
        .contains("\"mediaPort\":\"127.0.0.1:", "\"errors\":{}");
    assertThat(health(guarded, "127.0.0.1", "Authorization", "Bearer another-token-of-16"))
        .isEqualTo(SHORT);
  }

  @Test
  void aNameThatWasMadeToLeadHereIsToldNoMoreEither() throws Exception {
    try (IngressFixture node = new IngressFixture();
        RawClient rebound = new RawClient(node)) {
      rebound.write("GET /health HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");
      assertThat(rebound.readToTheEnd()).endsWith("\r\n\r\n" + SHORT);
    }
  }
}
