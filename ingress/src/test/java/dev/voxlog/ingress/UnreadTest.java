package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.ingress.IngressConfig.Limits;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What waits for clients who do not read, whatever it is, is bounded.
@Timeout(120)
class UnreadTest {
  private static final int UNREAD = 256 << 10;

  /// What is answered to one read of the node's before anything is looked at again.
  private static final int ONE_READ = 1 << 20;

  private static final CallId CALL = new CallId("twilio-CAdeaf");

  private static Limits limits() {
    return new Limits(UNREAD, 64 << 10, 10, 100, Limits.USUAL.rates(), Limits.USUAL.overload());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/twilio/stream", "/v1/realtime"})
  void whoPingsAndNeverReadsIsCutOff(String path) throws IOException {
    try (IngressFixture node = new IngressFixture(c -> c.with(limits()));
        RawClient deaf = RawClient.at(node, path)) {
      for (int i = 0; i < 4_000 && deaf.pings(); i++) {
        assertThat(node.ingress.mostUnread()).isLessThanOrEqualTo(UNREAD + ONE_READ);
      }

      await().until(() -> node.ingress.openConnections() == 0);
      assertThat(node.ingress.errorCounts()).containsEntry("unread-answers", 1L);
      assertThat(node.ingress.mostUnread()).isBetween((long) UNREAD, (long) UNREAD + ONE_READ);
    }
  }

  @Test
  void whoAsksAgainAndAgainAndNeverReadsAnAnswerIsCutOff() throws IOException {
    try (IngressFixture node = new IngressFixture();
        RawClient deaf = new RawClient(node)) {
      String many = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(100);
      for (int i = 0; i < 4_000 && deaf.sends(many); i++) {
        assertThat(node.ingress.mostUnread()).isLessThanOrEqualTo(ONE_READ);
      }

      await().until(() -> node.ingress.openConnections() == 0);
      assertThat(node.ingress.errorCounts()).containsEntry("unread-answers", 1L);
    }
  }

  @Test
  void whoIsSentAwayForWhatIsUnreadIsGoneThoughTheyGoOnSending() throws IOException {
    try (IngressFixture node = new IngressFixture(c -> c.with(limits()));
        RawClient deaf = RawClient.at(node, "/twilio/stream")) {
      deaf.text("{'event':'start','streamSid':'MZ1','start':{'callSid':'CAdeaf'}}");
      await().until(() -> !node.log.of(CALL, CallEvent.Attached.class).isEmpty());
      try (Playback egress = new Playback(node.ingress.mediaPortAddress(), "")) {
        AudioBytes second = AudioBytes.wrap(new byte[8_000]);
        for (int i = 1; i < 5_000 && node.log.of(CALL, CallEvent.Detached.class).isEmpty(); i++) {
          egress.send(new MediaFrame.Audio(CALL, 1, i, "1.1." + i, second));
        }
      }
      await().until(() -> !node.log.of(CALL, CallEvent.Detached.class).isEmpty());
      for (int i = 0; i < 4_000 && deaf.pings(); i++) {
        assertThat(node.ingress.mostUnread()).isLessThanOrEqualTo(UNREAD + ONE_READ);
      }

      await().until(() -> node.ingress.openConnections() == 0);
      assertThat(node.ingress.mostUnread()).isLessThanOrEqualTo(UNREAD + ONE_READ);
    }
  }
}
