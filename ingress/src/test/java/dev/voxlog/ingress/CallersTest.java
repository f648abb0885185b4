package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.ingress.IngressConfig.Limits;
import dev.voxlog.runtime.gate.ConnectionLimits;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many calls one caller may have at once, on either edge.
@Timeout(60)
class CallersTest {
  private static final String SAME = "&From=%2B15550100001";

  private static IngressFixture node(int calls, String... trusted) {
    Limits limits =
        Limits.USUAL.with(
            new CallerLimits(
                calls, 6_000, new ConnectionLimits("ingress", 100, 100, List.of(trusted))));
    return new IngressFixture(c -> c.with(limits));
  }

  @Test
  void aNumberWithAsManyCallsAsItMayHaveIsToldThatTheLineIsBusy() throws Exception {
    try (IngressFixture node = node(1)) {
      TwilioCaller running = node.call();
      String refused = node.post("/twilio/voice", "CallSid=CA2" + SAME).body();

      assertThat(refused).contains("<Response><Reject reason=\"busy\"/></Response>");
      assertThat(node.ingress.errorCounts()).containsEntry("too-many-open-of-caller", 1L);
      assertThat(node.post("/twilio/voice", "CallSid=CA3&From=%2B1666").body())
          .contains("<Connect>");
      running.hangUp().join();
      await()
          .untilAsserted(() ->
              assertThat(node.post("/twilio/voice", "CallSid=CA4" + SAME).body())
                  .contains("<Connect>"));
    }
  }

  @Test
  void aCallWhoseStreamIsOnItsWayCounts() throws Exception {
    try (IngressFixture node = node(1)) {
      assertThat(node.post("/twilio/voice", "CallSid=CA1" + SAME).body()).contains("<Connect>");
      assertThat(node.post("/twilio/voice", "CallSid=CA2" + SAME).body()).contains("<Reject");
    }
  }

  private static RealtimeSocket open(IngressFixture node, String forwardedFor) {
    return new RealtimeSocket(node.url("/v1/realtime"), Map.of("X-Forwarded-For", forwardedFor));
  }

  @Test
  void aClientWithAsManySessionsAsItMayHaveIsToldSoAndClosed() {
    try (IngressFixture node = node(1);
        RealtimeSocket first = open(node, "203.0.113.1")) {
      await().until(() -> first.hasSeen("session.created"));
      try (RealtimeSocket second = open(node, "203.0.113.2")) {
        await().until(() -> second.closeCode == 1013);
        assertThat(second.firstError()).isEqualTo("too_many_sessions");
      }
      first.goodbye();
      await()
          .untilAsserted(() -> {
            try (RealtimeSocket third = open(node, "203.0.113.3")) {
              await().until(() -> !third.events.isEmpty());
              assertThat(third.hasSeen("session.created")).isTrue();
            }
          });
    }
  }

  @Test
  void behindATrustedProxyEachClientIsACallerOfItsOwn() {
    try (IngressFixture node = node(1, "127.0.0.1");
        RealtimeSocket first = open(node, "198.51.100.9, 203.0.113.1");
        RealtimeSocket second = open(node, "203.0.113.2")) {
      await().until(() -> first.hasSeen("session.created") && second.hasSeen("session.created"));
      try (RealtimeSocket again = open(node, "198.51.100.8, 203.0.113.1")) {
        await().until(() -> again.closeCode == 1013);
        assertThat(again.firstError()).isEqualTo("too_many_sessions");
      }
    }
  }

  private static void type(RealtimeSocket program, int characters) {
    program.send(
        "'type':'conversation.item.create','item':{'type':'message','role':'user',"
            + "'content':[{'type':'input_text','text':'"
            + "word ".repeat(characters / 5).strip()
            + "'}]}");
    program.send("'type':'response.create'");
  }

  @Test
  void allThatACallersSessionsTypeTogetherIsBoundedAndWhatOthersTypeIsNot() {
    try (IngressFixture node = node(2, "127.0.0.1");
        RealtimeSocket first = open(node, "203.0.113.1");
        RealtimeSocket second = open(node, "203.0.113.1");
        RealtimeSocket other = open(node, "203.0.113.2")) {
      type(first, 4_000);
      await().until(() -> first.hasSeen("conversation.item.done"));
      type(second, 4_000);
      await().until(() -> second.hasSeen("error"));
      type(other, 4_000);
      await().until(() -> other.hasSeen("conversation.item.done"));

      assertThat(second.firstError()).isEqualTo("rate_limit_exceeded");
      assertThat(second.hasSeen("conversation.item.done")).isFalse();
      type(second, 1_500);
      await().until(() -> second.hasSeen("conversation.item.done"));
      assertThat(second.closeCode).isZero();
    }
  }
}
