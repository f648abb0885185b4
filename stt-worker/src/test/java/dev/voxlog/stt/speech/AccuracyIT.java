package dev.voxlog.stt.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.stt.DecodeRequest;
import dev.voxlog.stt.Hypothesis;
import dev.voxlog.stt.moonshine.MoonshineRecognizer;
import dev.voxlog.testkit.speech.PhoneLine;
import dev.voxlog.testkit.speech.WordErrors;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures word error rate, CPU time and the rejection of noise on the recordings of the folder
/// `voxlog.test.data`.
class AccuracyIT {
  private static final Logger LOG = LoggerFactory.getLogger(AccuracyIT.class);
  private static final int LONGEST = 14 * 16_000;
  private static final double REJECTED = 0.97;

  @AutoClose private final MoonshineRecognizer recognizer = Weights.moonshine();

  /// What a set of recordings came to.
  private record Score(
      WordErrors errors,
      double audioSeconds,
      double cpuSeconds,
      List<Double> cpuMillis,
      int rejected) {
    double median() {
      return cpuMillis.stream().sorted().toList().get(cpuMillis.size() / 2);
    }
  }

  @Test
  @OnTestData
  void readSpeechAndShortUtterances() throws Exception {
    for (String set : List.of("librispeech", "short")) {
      List<Recording> recordings = Recording.in(OnTestData.Folder.of("speech/" + set));
      Score clean = score(set + " clean", recordings);
      Score phone = score(set + " phone", recordings.stream().map(Recording::byPhone).toList());
      assertThat(clean.errors.percent()).isLessThan(set.equals("short") ? 8 : 18);
      assertThat(phone.errors.percent()).isLessThan(set.equals("short") ? 14 : 30);
      assertThat(clean.rejected + phone.rejected).isLessThanOrEqualTo(recordings.size() / 20);
    }
  }

  private Score score(String name, List<Recording> recordings) {
    WordErrors errors = new WordErrors(0, 0);
    List<Double> cpu = new ArrayList<>();
    double seconds = 0;
    int rejected = 0;
    for (Recording recording : recordings) {
      StringBuilder text = new StringBuilder();
      double used = 0;
      for (float[] piece : pieces(recording.pcm16k())) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Hypothesis heard =
            recognizer.decode(
                new Recording("", "", piece).padded(100).pcm16k(), DecodeRequest.unconstrained());
        used += (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e6;
        text.append(' ').append(heard.text());
        rejected += heard.noSpeech() >= REJECTED ? 1 : 0;
      }
      errors = errors.plus(WordErrors.between(recording.text(), text.toString()));
      seconds += recording.seconds();
      cpu.add(used);
    }
    double total = cpu.stream().mapToDouble(Double::doubleValue).sum() / 1_000;
    Score score = new Score(errors, seconds, total, cpu, rejected);
    LOG.info(
        "{}: {} utterances, {} words, WER {} %, {} s of audio, CPU {} of real time, median {} ms an utterance, taken for noise {}",
        name,
        recordings.size(),
        errors.words(),
        rounded(errors.percent()),
        Math.round(seconds),
        rounded(100 * total / seconds) + " %",
        Math.round(score.median()),
        rejected);
    return score;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /// Cut at the quietest place where it is too long.
  private static List<float[]> pieces(float[] audio) {
    if (audio.length <= LONGEST) {
      return List.of(audio);
    }
    int cut = audio.length / 2;
    double quietest = Double.MAX_VALUE;
    for (int at = Math.max(16_000, audio.length - LONGEST);
        at < Math.min(audio.length - 16_000, LONGEST);
        at += 160) {
      double level =
          dev.voxlog.audio.Levels.rmsDbfs(Arrays.copyOfRange(audio, at - 1_600, at + 1_600));
      if (level < quietest) {
        quietest = level;
        cut = at;
      }
    }
    return List.of(Arrays.copyOfRange(audio, 0, cut), Arrays.copyOfRange(audio, cut, audio.length));
  }

  @Test
  @OnTestData
  void noiseIsRejected() throws Exception {
    int clips = 0;
    int rejected = 0;
    List<Path> files;
    try (Stream<Path> all = Files.list(OnTestData.Folder.of("noise"))) {
      files =
          all.filter(
                  file -> file.toString().endsWith(".wav") && !file.toString().contains("talking"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      float[] audio = dev.voxlog.audio.Wav.read(file).monoAt(16_000);
      for (int from = 0; from + 32_000 <= Math.min(audio.length, 160_000); from += 32_000) {
        float[] clip = PhoneLine.pass(Arrays.copyOfRange(audio, from, from + 32_000));
        Hypothesis heard = recognizer.decode(clip, DecodeRequest.unconstrained());
        clips++;
        rejected += heard.noSpeech() >= REJECTED ? 1 : 0;
        if (heard.noSpeech() < REJECTED) {
          LOG.info(
              "noise not rejected: {} at {} s, no speech {}, heard {} words",
              file.getFileName(),
              from / 16_000,
              rounded(heard.noSpeech()),
              heard.words().size());
        }
      }
    }
    LOG.info("noise by phone: {} of {} clips of 2 s rejected", rejected, clips);
    assertThat((double) rejected / clips).isGreaterThan(0.8);
  }
}
