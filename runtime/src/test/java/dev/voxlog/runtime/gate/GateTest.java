package dev.voxlog.runtime.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.runtime.gate.Gate.Knock;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final Visitors ANYBODY = new Visitors("ingress.realtime", List.of(), List.of());
  private static final Visitors TOKENS =
      new Visitors(
          "ingress.realtime",
          List.of("another-token-of-ours", TOKEN),
          List.of("https://shop.example.com"));
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.EPOCH);
  private static final Gate LOOPBACK = gate(ANYBODY, "127.0.0.1", null);
  private static final Gate GUARDED = gate(TOKENS, "0.0.0.0", "https://voice.example.com");

  private static Gate gate(Visitors visitors, String host, @Nullable String publicUrl) {
    return new Gate(visitors, new Reach("ingress", host, 8080, publicUrl), NOW::get);
  }

  private static Knock knock(
      String host, @Nullable String origin, @Nullable String authorization, String... protocols) {
    HostAndPort authority = HostAndPort.create(host, 8080);
    return new Knock(authority, origin, authorization, List.of(protocols), "10.0.0.1");
  }

  private static Knock guess(String address) {
    return new Knock(
        HostAndPort.create("node", 8080), null, "Bearer a-wrong-token-a-w", List.of(), address);
  }

  private static int status(Gate gate, Knock knock) {
    return gate.refusal(knock).map(Gate.Refusal::status).orElse(101);
  }

  @Test
  void withoutTokensThisMachineAloneIsLetInByANameOfItsOwn() {
    assertThat(status(LOOPBACK, knock("127.0.0.1", null, null))).isEqualTo(101);
    assertThat(status(LOOPBACK, knock("localhost", null, "Bearer anything"))).isEqualTo(101);
    assertThat(status(LOOPBACK, knock("rebound.example.com", null, null))).isEqualTo(403);
    assertThat(status(LOOPBACK, new Knock(null, null, null, List.of(), null))).isEqualTo(403);
  }

  @Test
  void whereOthersReachTheNodeTheEdgeIsOffWithoutTokens() {
    Gate carriersOnly = gate(ANYBODY, "0.0.0.0", null);
    Gate behindAProxy = gate(ANYBODY, "127.0.0.1", "https://voice.example.com");

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

  @Test
  void whatNeedsNoTokenIsToldAtOurOwnNamesAlone() {
    assertThat(LOOPBACK.placeRefusal(knock("localhost", null, null))).isEmpty();
    assertThat(LOOPBACK.placeRefusal(knock("rebound.example.com", null, null))).isPresent();
    assertThat(GUARDED.placeRefusal(knock("node", null, null))).isEmpty();
    assertThat(GUARDED.placeRefusal(knock("node", "https://evil.example.com", null))).isPresent();
  }

  @Test
  void whoGuessesOftenIsToldSoAndWhoeverHasATokenComesInAllTheSame() {
    Gate gate = gate(TOKENS, "0.0.0.0", null);
    for (int wrong = 0; wrong < WrongTokens.PER_MINUTE; wrong++) {
      assertThat(status(gate, guess("10.0.0.1"))).isEqualTo(401);
    }
    assertThat(status(gate, guess("10.0.0.1"))).isEqualTo(429);
    assertThat(status(gate, guess("10.0.0.2"))).isEqualTo(401);
    assertThat(status(gate, knock("node", null, "Bearer " + TOKEN))).isEqualTo(101);
    assertThat(status(gate, knock("node", null, null))).as("none is no guess").isEqualTo(401);

    NOW.updateAndGet(now -> now.plus(Duration.ofMinutes(1)));
    assertThat(status(gate, guess("10.0.0.1"))).isEqualTo(401);
  }

  @Test
  void theAddressesOfGuessersAreForgottenWhenThereAreTooMany() {
    WrongTokens wrong = new WrongTokens(NOW::get);
    for (int address = 0; address < 20_000; address++) {
      wrong.come("address " + address);
    }
    assertThat(wrong.addresses()).isEqualTo(10_000);
  }
}
