package dev.voxlog.ingress;

import static dev.voxlog.ingress.IngressFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.G711;
import dev.voxlog.ingress.IngressConfig.MediaEndpoint;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.Ending;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.testkit.twilio.WireEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaPortTest {
  private final IngressFixture node = new IngressFixture();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void theCallerHearsWhatEgressPlaysAndEgressHearsOfItsMark() {
    TwilioCaller caller = node.call();
    CallId call = id(caller);
    try (Playback egress = attached(caller, 5)) {
      short[] tone = tone(400);
      egress.send(new MediaFrame.Audio(call, 5, 2, "1.1.0", mulaw(tone)));
      egress.send(new MediaFrame.Mark(call, 5, 3, "5/1.1"));
      await().until(() -> !egress.reports(MediaFrame.Played.class).isEmpty());
      CallRecording recording = caller.hangUp().join();

      assertThat(egress.reports(MediaFrame.Played.class))
          .containsExactly(new MediaFrame.Played(call, 1, "5/1.1"));
      assertThat(node.log.of(call, CallEvent.Mark.class))
          .extracting(CallEvent.Mark::name)
          .containsExactly("5/1.1");
      assertThat(recording.played()).hasSize(1);
      int start = (int) recording.played().getFirst().startSample();
      short[] heard = Arrays.copyOfRange(recording.heard(), start, start + tone.length);
      assertThat(heard).isEqualTo(G711.decodeMulaw(G711.encodeMulaw(tone)));
      assertThat(recording.events(Kind.INVALID)).isEmpty();
    }
  }

  @Test
  void clearStopsTheSentenceAndReturnsItsMarks() {
    TwilioCaller caller = node.call();
    CallId call = id(caller);
    try (Playback egress = attached(caller, 5)) {
      egress.send(new MediaFrame.Audio(call, 5, 2, "1.1.0", mulaw(tone(5_000))));
      egress.send(new MediaFrame.Mark(call, 5, 3, "5/1.1"));
      caller.agentSpeakingFor(Duration.ofMillis(100)).orTimeout(5, TimeUnit.SECONDS).join();
      egress.send(new MediaFrame.Clear(call, 5, 4));
      egress.send(new MediaFrame.Mark(call, 5, 5, "cleared-5"));
      await().until(() -> egress.reports(MediaFrame.Played.class).size() == 2);

      assertThat(egress.reports(MediaFrame.Played.class))
          .extracting(MediaFrame.Played::name)
          .containsExactly("5/1.1", "cleared-5");
      assertThat(caller.hangUp().join().played().getFirst().samples()).isLessThan(8 * 2_000);
    }
  }

  @Test
  void aSupersededEgressCannotSpeak() {
    TwilioCaller caller = node.call();
    CallId call = id(caller);
    try (Playback old = attached(caller, 5);
        Playback fresh = attached(caller, 9)) {
      old.send(new MediaFrame.Audio(call, 5, 2, "1.1.0", mulaw(tone(400))));
      await().until(() -> !old.reports(MediaFrame.Refused.class).isEmpty());

      assertThat(old.reports(MediaFrame.Refused.class))
          .containsExactly(new MediaFrame.Refused(call, 5, 9));
      assertThat(fresh.reports(MediaFrame.Refused.class)).isEmpty();
      assertThat(caller.hangUp().join().events(Kind.MEDIA)).isEmpty();
    }
  }

  @Test
  void anEgressThatTakesOverLearnsWhatIsStillToBePlayed() {
    TwilioCaller caller = node.call();
    CallId call = id(caller);
    try (Playback old = attached(caller, 5)) {
      old.send(new MediaFrame.Audio(call, 5, 2, "3.2.7", mulaw(tone(3_000))));
      old.send(new MediaFrame.Mark(call, 5, 3, "5/3.2"));
      await().until(() -> !caller.recording().join().events(Kind.MARK).isEmpty());
    }
    try (Playback fresh = attached(caller, 9)) {
      assertThat(fresh.reports(MediaFrame.Accepted.class))
          .containsExactly(new MediaFrame.Accepted(call, 9, 1, "3.2.7", List.of("5/3.2")));
      await().until(() -> !fresh.reports(MediaFrame.Played.class).isEmpty());
    }
  }

  @Test
  void hangingUpLetsTheTwimlGoOn() {
    TwilioCaller caller = node.call();
    CallId call = id(caller);
    try (Playback egress = attached(caller, 5)) {
      node.log.append(new CallEvent.Transfer(call, Instant.EPOCH, 2, "+15551234", "asked"));
      egress.send(new MediaFrame.HangUp(call, 5, 2));

      assertThat(caller.ended().orTimeout(5, TimeUnit.SECONDS).join().ending())
          .isEqualTo(new Ending.Transferred("+15551234"));
      egress.send(new MediaFrame.Clear(call, 5, 3));
      await()
          .until(() ->
              egress.reports(MediaFrame.Gone.class).equals(List.of(new MediaFrame.Gone(call, 5))));
      CallEvent.Detached detached = node.log.of(call, CallEvent.Detached.class).getFirst();
      assertThat(detached.reason()).isEqualTo(CallStream.AGENT_HUNG_UP);
    }
  }

  @Test
  void onlyWhoKnowsTheSecretMaySpeak() {
    try (IngressFixture guarded =
            new IngressFixture(
                config -> config.with(new MediaEndpoint("127.0.0.1", 0, null, "right")));
        Playback wrong = new Playback(guarded.ingress.mediaPortAddress(), "wrong");
        Playback right = new Playback(guarded.ingress.mediaPortAddress(), "right")) {
      await().until(wrong::isClosed);
      right.send(new MediaFrame.Attach(new CallId("twilio-none"), 1, 1));
      await().until(() -> !right.reports(MediaFrame.Gone.class).isEmpty());
      assertThat(guarded.ingress.errorCounts()).containsEntry("refused-egress", 1L);
    }
  }

  @Test
  void aProofMadeForAnotherNodeIsRefused() {
    try (IngressFixture guarded =
            new IngressFixture(
                config -> config.with(new MediaEndpoint("127.0.0.1", 0, "node-1", "right")));
        Playback relayed =
            new Playback(
                guarded.ingress.mediaPortAddress().replace("node-1", "127.0.0.1"), "right")) {
      await().until(relayed::isClosed);
      assertThat(guarded.ingress.errorCounts()).containsEntry("refused-egress", 1L);
    }
  }

  @Test
  void bytesThatAreNoFramesCloseTheConnection() {
    try (Playback egress = new Playback(node.ingress.mediaPortAddress(), "")) {
      egress.sendRaw(new byte[] {0, 0, 0, 0});
      await().until(egress::isClosed);
    }
  }

  private Playback attached(TwilioCaller caller, long epoch) {
    await().until(() -> !node.log.of(id(caller), CallEvent.Attached.class).isEmpty());
    Playback egress = new Playback(node.attached(caller).mediaPort(), "");
    egress.send(new MediaFrame.Attach(id(caller), epoch, 1));
    await().until(() -> !egress.reports(MediaFrame.Accepted.class).isEmpty());
    return egress;
  }

  private static AudioBytes mulaw(short[] pcm) {
    return AudioBytes.wrap(G711.encodeMulaw(pcm));
  }

  private static short[] tone(int ms) {
    short[] pcm = new short[ms * 8];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) (8000 * Math.sin(i * 0.5));
    }
    return pcm;
  }
}
