package dev.voxlog.ingress;

import static dev.voxlog.ingress.IngressFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.testkit.twilio.WireEvent.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a broken carrier sends touches its own call at most: beside it another call goes on
/// undisturbed.
@Timeout(60)
class BadInputTest {
  private final IngressFixture node = new IngressFixture();
  private final TwilioCaller other = node.call();
  private final TwilioCaller bad = node.call();

  @BeforeEach
  void bothAreOnTheLine() {
    await().until(() -> node.log.audio(id(other)).size() > 5 && node.log.audio(id(bad)).size() > 5);
  }

  @AfterEach
  void theOtherCallWentOnUndisturbed() {
    int before = node.log.audio(id(other)).size();
    await().until(() -> node.log.audio(id(other)).size() > before + 25);
    CallRecording recording = other.hangUp().join();
    await().until(() -> node.log.audio(id(other)).getLast() instanceof CallerAudio.End);

    List<CallerAudio> audio = node.log.audio(id(other));
    for (int i = 0; i < audio.size(); i++) {
      assertThat(audio.get(i).sequence()).isEqualTo(i);
      assertThat(audio.get(i).mediaMs()).isEqualTo(i * 20L);
    }
    assertThat(node.log.of(id(other), CallEvent.Error.class)).isEmpty();
    assertThat(recording.events(Kind.INVALID)).isEmpty();
    node.close();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"event":                                            | malformed-message | broken JSON
          hello                                                | malformed-message | no JSON
          []                                                   | malformed-message | no object
          {"event":"dtmf","dtmf":{}}                           | malformed-message | a field is missing
          {"event":"media","media":{"timestamp":"x"}}          | malformed-message | a timestamp that is none
          {"event":"connected"}                                | wrong-order       | connected again
          {"event":"start","streamSid":"MZ","start":{"callSid":"CA"}} | wrong-order | start again
          """)
  void aMessageThatIsNoneIsCountedAndRecordedAndTheSocketStays(
      String text, String reason, String what) {
    bad.sendRaw(text);

    await().untilAsserted(() -> assertThat(node.ingress.errorCounts()).containsEntry(reason, 1L));
    List<CallEvent.Error> errors = node.log.of(id(bad), CallEvent.Error.class);
    assertThat(errors)
        .as(what)
        .hasSize(1)
        .first()
        .extracting(CallEvent.Error::reason)
        .isEqualTo(reason);
    socketStays();
  }

  @Test
  void badBase64IsAFrameDroppedAndCounted() {
    bad.sendRaw("{\"event\":\"media\",\"media\":{\"timestamp\":\"999999\",\"payload\":\"***\"}}");

    await()
        .untilAsserted(
            () -> assertThat(node.ingress.errorCounts()).containsEntry("bad-base64", 1L));
    assertThat(node.log.of(id(bad), CallEvent.Error.class)).isEmpty();
    socketStays();
  }

  @Test
  void anEventNobodyKnowsIsIgnored() {
    bad.sendRaw("{\"event\":\"weather\",\"sun\":[1,2]}");

    socketStays();
    assertThat(node.ingress.errorCounts()).isEmpty();
  }

  private void socketStays() {
    int before = node.log.audio(id(bad)).size();
    await().until(() -> node.log.audio(id(bad)).size() > before + 10);
    CallRecording soFar = bad.recording().join();
    assertThat(soFar.events(Kind.STREAM_CLOSED)).isEmpty();
    assertThat(soFar.events(Kind.MEDIA)).isEmpty();
    assertThat(soFar.events(Kind.INVALID)).isEmpty();
  }

  @Test
  void aMegabyteInOneFrameClosesThatSocketWith1009() {
    bad.sendRaw("{\"event\":\"media\",\"media\":{\"payload\":\"" + "A".repeat(1 << 20) + "\"}}");

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !bad.recording().join().events(Kind.STREAM_CLOSED).isEmpty());
    assertThat(bad.recording().join().events(Kind.STREAM_CLOSED).getFirst().detail())
        .startsWith("1009");
    await().until(() -> !node.log.of(id(bad), CallEvent.Detached.class).isEmpty());
  }
}
