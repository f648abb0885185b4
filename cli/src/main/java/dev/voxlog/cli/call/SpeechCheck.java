package dev.voxlog.cli.call;

import dev.voxlog.analytics.Turn;
import dev.voxlog.audio.Levels;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.stt.DecodeRequest;
import dev.voxlog.stt.Recognizer;
import dev.voxlog.testkit.speech.WordErrors;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Recognises what the caller's ear heard, and holds it against the words the caller is known to
/// have heard.
final class SpeechCheck {
  private static final int RATE = 8_000;
  private static final int FRAME = 160;
  private static final double SILENT_DBFS = -50;
  private static final int PAUSE_FRAMES = 15; // 300 ms
  private static final int LONGEST_FRAMES = 500; // 10 s, what the recogniser does best
  private static final int MARGIN = 1_600; // 200 ms

  private final Recognizer recognizer;

  SpeechCheck(Recognizer recognizer) {
    this.recognizer = recognizer;
  }

  /// `sent` as it is spoken, `recognised` as it was understood.
  record Result(String sent, String recognised, WordErrors errors) {}

  /// `heard` is the caller's ear at 8 kHz. Of sentences that were cut off, the heard part counts.
  Result check(short[] heard, List<Turn> turns) {
    String sent =
        turns.stream()
            .flatMap(turn -> turn.sentences().stream())
            .map(SpeechCheck::heardPart)
            .map(SpeechCheck::spoken)
            .collect(Collectors.joining(" "));
    List<String> recognised = new ArrayList<>();
    float[] audio = Pcm.toFloats(heard);
    for (Stretch stretch : stretches(audio)) {
      float[] piece =
          Arrays.copyOfRange(
              audio,
              Math.max(0, stretch.from() - MARGIN),
              Math.min(audio.length, stretch.to() + MARGIN));
      recognised.add(
          recognizer
              .decode(
                  Resampler.resample(piece, RATE, Recognizer.SAMPLE_RATE),
                  DecodeRequest.unconstrained())
              .text());
    }
    String words = String.join(" ", recognised).strip();
    return new Result(sent, words, WordErrors.between(sent, words));
  }

  private static String heardPart(Turn.Spoken sentence) {
    return sentence.isWhole() ? sentence.text() : sentence.heard();
  }

  /// The words that are said for a written text: ids, amounts and dates in full.
  static String spoken(String text) {
    return ClauseSplitter.split(text).stream()
        .map(SpokenClause::spokenText)
        .collect(Collectors.joining(" "));
  }

  /// A stretch of sound, in samples.
  record Stretch(int from, int to) {}

  /// Sound between pauses, joined to stretches that are as long as the recogniser takes at once.
  static List<Stretch> stretches(float[] audio) {
    List<Stretch> stretches = new ArrayList<>();
    int from = -1;
    int quiet = 0;
    int frames = audio.length / FRAME;
    for (int f = 0; f < frames; f++) {
      boolean isSound =
          Levels.rmsDbfs(Arrays.copyOfRange(audio, f * FRAME, (f + 1) * FRAME)) > SILENT_DBFS;
      quiet = isSound ? 0 : quiet + 1;
      if (isSound && from < 0) {
        from = f;
      }
      if (from >= 0 && (quiet == PAUSE_FRAMES || (f - from >= LONGEST_FRAMES && quiet > 0))) {
        stretches.add(new Stretch(from * FRAME, (f + 1 - quiet) * FRAME));
        from = -1;
      }
    }
    if (from >= 0) {
      stretches.add(new Stretch(from * FRAME, (frames - quiet) * FRAME));
    }
    return stretches;
  }
}
