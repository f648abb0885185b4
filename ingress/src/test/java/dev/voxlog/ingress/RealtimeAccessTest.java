package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.ingress.IngressConfig.Realtime;
import dev.voxlog.ingress.IngressConfig.Web;
import dev.voxlog.ingress.RealtimeAccess.Knock;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RealtimeAccessTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final Web LOOPBACK = new Web("127.0.0.1", 8080, null, null);
  private static final Realtime TOKENS =
      new Realtime(
          List.of("another-token-of-ours", TOKEN), List.of("https://shop.example.com"), 1 << 20);
  private static final Web GUARDED =
      new Web("0.0.0.0", 8080, "https://voice.example.com", null, TOKENS);

  private static Knock knock(
      String host, @Nullable String origin, @Nullable String authorization, String... protocols) {
    HostAndPort authority = HostAndPort.create(host, 8080);
    return new Knock(authority, origin, authorization, List.of(protocols));
  }

  private static int status(Web web, Knock knock) {
    return new RealtimeAccess(web).refusal(knock).map(RealtimeAccess.Refusal::status).orElse(101);
  }

  @Test
  void withoutTokensThisMachineAloneIsLetInByANameOfItsOwn() {
    assertThat(status(LOOPBACK, knock("127.0.0.1", null, null))).isEqualTo(101);
    assertThat(status(LOOPBACK, knock("localhost", null, "Bearer anything"))).isEqualTo(101);
    assertThat(status(LOOPBACK, knock("rebound.example.com", null, null))).isEqualTo(403);
    assertThat(status(LOOPBACK, new Knock(null, null, null, List.of()))).isEqualTo(403);
  }

  @Test
  void whereOthersReachTheNodeTheEdgeIsOffWithoutTokens() {
    Web carriersOnly = new Web("0.0.0.0", 8080, null, "carrier-token");
    Web behindAProxy = new Web("127.0.0.1", 8080, "https://voice.example.com", "carrier-token");

    assertThat(status(carriersOnly, knock("127.0.0.1", null, "Bearer carrier-token")))
        .isEqualTo(403);
    assertThat(status(behindAProxy, knock("127.0.0.1", null, null))).isEqualTo(403);
  }

  @Test
  void oneOfTheTokensMustBeBrought() {
    assertThat(status(GUARDED, knock("node", null, "Bearer " + TOKEN))).isEqualTo(101);
    assertThat(status(GUARDED, knock("node", null, "bearer another-token-of-ours"))).isEqualTo(101);
    assertThat(
            status(
                GUARDED, knock("node", null, null, "realtime", "openai-insecure-api-key." + TOKEN)))
        .isEqualTo(101);
    for (String wrong :
        List.of(
            "Bearer ",
            "Bearer " + TOKEN + "0",
            "Bearer 0123456789abcde",
            TOKEN,
            "Basic " + TOKEN)) {
      assertThat(status(GUARDED, knock("node", null, wrong))).as(wrong).isEqualTo(401);
    }
    assertThat(status(GUARDED, knock("node", null, null))).isEqualTo(401);
    assertThat(status(GUARDED, knock("127.0.0.1", null, null, "realtime", TOKEN))).isEqualTo(401);
  }

  @Test
  void pagesComeFromThisHostOrFromWhereTheyMay() {
    String key = "openai-insecure-api-key." + TOKEN;
    for (String welcome :
        List.of(
            "http://node:8080",
            "https://node:8080",
            "https://voice.example.com",
            "https://shop.example.com")) {
      assertThat(status(GUARDED, knock("node", welcome, null, key))).as(welcome).isEqualTo(101);
    }
    for (String foreign :
        List.of(
            "null",
            "https://evil.example.com",
            "https://node",
            "https://shop.example.com.evil.com",
            "http://node:8081")) {
      assertThat(status(GUARDED, knock("node", foreign, null, key))).as(foreign).isEqualTo(403);
    }
    assertThat(status(LOOPBACK, knock("127.0.0.1", "http://127.0.0.1:8080", null))).isEqualTo(101);
    assertThat(status(LOOPBACK, knock("127.0.0.1", "http://localhost:3000", null))).isEqualTo(403);
  }
}
