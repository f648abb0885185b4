package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.stt.scripted.EnergyDetector;
import dev.voxlog.stt.stub.IdleNetwork;
import dev.voxlog.stt.stub.StubRecognizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/// What a worker with stub engines makes of an utterance: 1,200 ms of sound after 600 of silence.
class StubEarsTest {
  private static SttLab caller(VoiceActivityDetector detector) {
    return new SttLab(
        SttConfig.DEFAULT.endingAtOnce(), detector, new StubRecognizer(Duration.ZERO), 300, 900);
  }

  @Test
  void theFirstSilentFrameEndsTheUtterance() {
    SttLab caller = caller(new EnergyDetector(StubRecognizer.FRAME));
    caller.isSilent(600).says(1, 1_200);
    assertThat(caller.finals()).isEmpty();
    caller.isSilent(20);
    TranscriptEvent.Final said = caller.finals().getFirst();
    assertThat(said.onsetMs()).isEqualTo(600);
    assertThat(said.endMs()).isEqualTo(1_800);
    assertThat(said.mediaMs()).isEqualTo(1_820);
    assertThat(said.text()).startsWith("please tell me");
  }

  @Test
  void interimsGrowIntoTheFinalWords() {
    SttLab caller = caller(new EnergyDetector(StubRecognizer.FRAME));
    caller.isSilent(600).says(1, 2_400).isSilent(20);
    assertThat(caller.interims()).isNotEmpty();
    String last = caller.finals().getFirst().text();
    assertThat(caller.interims()).allMatch(interim -> last.startsWith(interim.text()));
  }

  @Test
  void itTakesItsDelayUnlessNobodyWaitsForIt() {
    Duration delay = Duration.ofMillis(20);
    float[] audio = new float[16_000];
    long asked = System.nanoTime();
    new StubRecognizer(delay).decode(audio, DecodeRequest.unconstrained());
    assertThat(System.nanoTime() - asked).isGreaterThanOrEqualTo(delay.toNanos());
    DecodeRequest cancelled = new DecodeRequest(null, Constraint.none(), () -> true);
    StubRecognizer slow = new StubRecognizer(Duration.ofHours(1));
    assertThatThrownBy(() -> slow.decode(audio, cancelled))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aNetworkBesideItHearsEveryWindowAndDecidesNothing() {
    List<VadWindow> heard = new ArrayList<>();
    VoiceActivityDetector deaf =
        windows -> {
          heard.addAll(windows);
          return new float[windows.size()];
        };
    SttLab caller = caller(new IdleNetwork(deaf, new EnergyDetector()));
    caller.isSilent(640).says(1, 1_280).isSilent(320);
    assertThat(heard).hasSize((640 + 1_280 + 320) / 32);
    assertThat(caller.finals()).hasSize(1);
  }
}
