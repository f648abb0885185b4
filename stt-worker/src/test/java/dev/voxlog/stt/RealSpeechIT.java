package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.Levels;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.stt.moonshine.MoonshineRecognizer;
import dev.voxlog.stt.silero.SileroDetector;
import dev.voxlog.stt.speech.Recording;
import dev.voxlog.stt.speech.Weights;
import dev.voxlog.testkit.speech.WordErrors;
import java.lang.management.ManagementFactory;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recorded people and noises, by phone, through the whole step with the built-in engines.
class RealSpeechIT {
  private static final Logger LOG = LoggerFactory.getLogger(RealSpeechIT.class);
  private static final int LEAD_MS = 800;

  /// Old recordings hum; speech is what is not far below the loudest.
  private static final double BELOW_PEAK = 26;

  private static SileroDetector detector;
  private static MoonshineRecognizer recognizer;
  private static final List<Double> FINAL_CPU_MS = new ArrayList<>();
  private static final List<Double> ENDS_OFF_MS = new ArrayList<>();

  @BeforeAll
  static void load() {
    detector = Weights.silero();
    recognizer = Weights.moonshine();
  }

  @AfterAll
  static void close() {
    if (recognizer != null) {
      recognizer.close();
    }
    if (detector != null) {
      detector.close();
    }
  }

  /// Interims are left out: finals do not depend on them, and they cost most of the time.
  private static SttLab caller() {
    SttConfig usual = SttConfig.DEFAULT;
    SttConfig withoutInterims =
        new SttConfig(
            usual.minSpeech(),
            usual.preRoll(),
            usual.speculateAfter(),
            java.time.Duration.ofHours(1),
            usual.interimEvery(),
            usual.maxUtterance(),
            usual.noSpeechRejection(),
            usual.endsAtOnce());
    return new SttLab(withoutInterims, detector, RealSpeechIT::decode, 300, 900);
  }

  private static Hypothesis decode(float[] pcm16k, DecodeRequest request) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try {
      return recognizer.decode(pcm16k, request);
    } finally {
      FINAL_CPU_MS.add(
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e6);
    }
  }

  private static short[] at8k(Recording recording) {
    return Pcm.toShorts(Resampler.resample(recording.pcm16k(), 16_000, 8_000));
  }

  private static SttLab hears(Recording recording) {
    return caller().isSilent(LEAD_MS).plays(at8k(recording)).isSilent(1_500);
  }

  private static List<Recording> people() {
    return Recording.own().stream().filter(recording -> !recording.text().isEmpty()).toList();
  }

  @Test
  void whatPeopleSayIsHeardAndItsEndIsFoundWithinTheBounds() {
    FINAL_CPU_MS.clear();
    WordErrors clean = new WordErrors(0, 0);
    WordErrors phone = new WordErrors(0, 0);
    for (Recording recording : people()) {
      clean = clean.plus(judged(recording, hears(recording)));
      phone = phone.plus(judged(recording, hears(recording.byPhone())));
    }
    List<Double> off = ENDS_OFF_MS.stream().sorted().toList();
    List<Double> cpu = FINAL_CPU_MS.stream().sorted().toList();
    LOG.info(
        "through the step: WER {} % wide, {} % by phone of {} words; {} final decodes, CPU median {} ms, p90 {} ms; ends off by {} ms median, {} at most",
        Math.round(clean.percent() * 10) / 10.0,
        Math.round(phone.percent() * 10) / 10.0,
        clean.words(),
        cpu.size(),
        Math.round(cpu.get(cpu.size() / 2)),
        Math.round(cpu.get(cpu.size() * 9 / 10)),
        Math.round(off.get(off.size() / 2)),
        Math.round(off.getLast()));
    // A hall's echo or a last breath is as loud as speech: single ends cannot be told better by
    // level.
    assertThat(off.get(off.size() / 2)).isLessThan(150);
    assertThat(off.getLast()).isLessThan(450);
    assertThat(clean.percent()).isLessThan(10);
    assertThat(phone.percent()).isLessThan(16);
  }

  private static WordErrors judged(Recording recording, SttLab caller) {
    assertThat(caller.finals()).as(recording.name()).isNotEmpty();
    assertThat(caller.finals())
        .allSatisfy(
            said -> assertThat(said.endpointingMs()).as(recording.name()).isBetween(300L, 932L));
    double speech = Levels.peakDbfs(recording.pcm16k()) - BELOW_PEAK;
    double endMs = LEAD_MS + Levels.lastAbove(recording.pcm16k(), 16_000, speech) / 16.0;
    ENDS_OFF_MS.add(Math.abs(caller.finals().getLast().endMs() - endMs));
    return WordErrors.between(recording.text(), String.join(" ", caller.texts()));
  }

  @Test
  void noiseGivesNoWords() {
    for (Recording noise :
        Recording.own().stream().filter(recording -> recording.text().isEmpty()).toList()) {
      SttLab caller = caller().isSilent(LEAD_MS).plays(at8k(noise.byPhone())).isSilent(1_500);
      assertThat(caller.texts()).as(noise.name()).isEmpty();
      assertThat(caller.ends()).as(noise.name()).hasSameSizeAs(caller.starts());
    }
  }

  @Test
  void aClickStartsNoUtterance() {
    SttLab caller = caller().isSilent(LEAD_MS).bangs(120).isSilent(1_500).bangs(60).isSilent(1_500);
    assertThat(caller.lab.emitted()).isEmpty();
  }

  @Test
  void aWorkerThatTakesOverAnywhereHearsTheSameWordsAtTheSamePlaces() {
    short[] audio = conversation("ps-go-forward", "ls-wizard", "cv-dataset");
    List<List<Object>> whole = facts(caller().isSilent(LEAD_MS).plays(audio));
    assertThat(whole).hasSizeGreaterThan(2);
    for (int part = 1; part <= 7; part++) {
      int dies = audio.length * part / 8 / 160 * 160;
      SttLab caller = caller().isSilent(LEAD_MS).plays(Arrays.copyOf(audio, dies)).takeOver();
      caller.plays(Arrays.copyOfRange(audio, dies, audio.length));
      assertThat(facts(caller)).as("died after %s of 8 parts", part).isEqualTo(whole);
      assertThat(caller.starts())
          .extracting(TranscriptEvent.SpeechStarted::utterance)
          .doesNotHaveDuplicates();
    }
  }

  /// By phone, with two seconds of silence after each.
  private static short[] conversation(String... recordings) {
    ShortBuffer audio = ShortBuffer.allocate(8_000 * 60);
    for (String name : recordings) {
      audio.put(at8k(Recording.named(name).byPhone())).put(new short[16_000]);
    }
    return Arrays.copyOf(audio.array(), audio.position());
  }

  private static List<List<Object>> facts(SttLab caller) {
    return caller.finals().stream()
        .map(said -> List.<Object>of(said.text(), said.onsetMs(), said.endMs(), said.mediaMs()))
        .toList();
  }

  @Test
  void whileDigitsAreAwaitedDigitsAreHeardAndSentencesStaySentences() {
    SttLab digits =
        caller()
            .expects(CallEvent.Answer.DIGITS, 2)
            .isSilent(LEAD_MS)
            .plays(at8k(Recording.named("ps-five-five").byPhone()));
    assertThat(WordErrors.between("five five", digits.isSilent(1_500).texts().getFirst()).errors())
        .isZero();
    for (String name : List.of("cv-know-it", "cv-dataset", "ps-go-forward")) {
      Recording sentence = Recording.named(name).byPhone();
      SttLab awaited =
          caller()
              .expects(CallEvent.Answer.DIGITS, 5)
              .isSilent(LEAD_MS)
              .plays(at8k(sentence))
              .isSilent(1_500);
      assertThat(awaited.texts()).as(name).isEqualTo(hears(sentence).texts());
    }
  }
}
