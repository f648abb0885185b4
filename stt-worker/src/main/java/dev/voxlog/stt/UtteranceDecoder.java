package dev.voxlog.stt;

import dev.voxlog.audio.Resampler;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the recogniser for interims while the caller speaks and for the final words in early silence.
final class UtteranceDecoder {
  private static final String INTERIM = "interim";
  private static final String FINAL = "final";
  private static final int MS = AudioTape.SAMPLES_PER_MS;

  private final CallView call;
  private final Effects effects;
  private final SttWorker.Ears ears;
  private final AudioTape tape;
  private long interimFrom;
  private boolean isInterimRunning;
  private boolean isFinalRunning;
  private long finalEnd = -1;
  private int revision;
  private long interimTo;
  private @Nullable Hypothesis lastInterim;

  UtteranceDecoder(CallView call, Effects effects, SttWorker.Ears ears, AudioTape tape) {
    this.call = call;
    this.effects = effects;
    this.ears = ears;
    this.tape = tape;
  }

  void begin(Utterance utterance) {
    cancel();
    revision = 0;
    lastInterim = null;
    interimFrom = utterance.onset() + ears.config().firstInterim().toMillis() * MS;
  }

  /// Speech goes on at sample `now`: a final decode begun in a pause is void, an interim may be due.
  void speechGoesOn(Utterance utterance, long now) {
    if (finalEnd >= 0) {
      effects.cancel(FINAL);
      isFinalRunning = false;
      finalEnd = -1;
      utterance.hypothesis(null);
    }
    if (!isInterimRunning && now >= interimFrom) {
      isInterimRunning = true;
      interimFrom = now + ears.config().interimEvery().toMillis() * MS;
      interimTo = now;
      ask(INTERIM, Effects.Urgency.INTERIM, utterance.onset() - preRoll(), now, lastInterim);
    }
  }

  /// Begins the final decode of speech that ended at sample `end`, unless it has begun.
  void startFinal(Utterance utterance, long end, long now) {
    if (finalEnd == end) {
      return;
    }
    finalEnd = end;
    isFinalRunning = true;
    utterance.hypothesis(null);
    effects.cancel(INTERIM);
    isInterimRunning = false;
    long to = Math.min(now, end + preRoll());
    // Final decodes take no draft: their words must not depend on how often an interim was asked for.
    ask(FINAL, Effects.Urgency.FINAL_DECODE, utterance.onset() - preRoll(), to, null);
  }

  private long preRoll() {
    return ears.config().preRoll().toMillis() * MS;
  }

  private void ask(String key, Effects.Urgency urgency, long from, long to, @Nullable Hypothesis draft) {
    float[] audio = tape.between(from, to);
    Constraint constraint = constraint();
    Recognizer recognizer = ears.recognizer();
    effects.ask(
        key,
        urgency,
        cancellation ->
            recognizer.decode(
                Resampler.resample(audio, 8_000, 16_000), new DecodeRequest(draft, constraint, cancellation::isCancelled)));
  }

  private Constraint constraint() {
    CallEvent.Expects expects = call.expects();
    if (expects == null) {
      return Constraint.none();
    }
    return switch (expects.answer()) {
      case DIGITS, CODE -> Constraint.none();
      case ANYTHING, YES_NO, UNKNOWN -> Constraint.none();
    };
  }

  boolean isFinalRunning() {
    return isFinalRunning;
  }

  boolean isFinal(String key) {
    if (key.equals(FINAL)) {
      isFinalRunning = false;
      return true;
    }
    isInterimRunning = false;
    return false;
  }

  void interim(Utterance utterance, Hypothesis words, boolean isNoise) {
    if (isNoise) {
      return;
    }
    int stable = stableWords(lastInterim == null ? "" : lastInterim.text(), words.text());
    lastInterim = words;
    effects.emit(
        new TranscriptEvent.Interim(
            call.id(),
            effects.now(),
            utterance.number(),
            revision++,
            words.text(),
            stable,
            words.confidence(),
            interimTo / MS));
  }

  /// Words two hypotheses agree on from the start; the last is never stable.
  private static int stableWords(String before, String now) {
    String[] a = before.split(" ");
    String[] b = now.split(" ");
    int same = 0;
    while (same < Math.min(a.length, b.length - 1) && a[same].equalsIgnoreCase(b[same])) {
      same++;
    }
    return before.isEmpty() ? 0 : same;
  }

  TranscriptEvent.Final finalTranscript(Utterance utterance, Hypothesis words, long endMs, long mediaMs) {
    long decodedFromMs = (utterance.onset() - preRoll()) / MS;
    List<Word> timed =
        words.words().stream()
            .map(
                word ->
                    new Word(
                        word.text(),
                        decodedFromMs + word.startMs(),
                        decodedFromMs + word.endMs(),
                        word.confidence(),
                        word.isEstimated()))
            .toList();
    return new TranscriptEvent.Final(
        call.id(),
        effects.now(),
        utterance.number(),
        words.text(),
        words.confidence(),
        timed,
        utterance.onset() / MS,
        endMs,
        mediaMs,
        ears.engine(),
        words.decodeTime().toMillis());
  }

  void cancel() {
    effects.cancel(INTERIM);
    effects.cancel(FINAL);
    isInterimRunning = false;
    isFinalRunning = false;
    finalEnd = -1;
  }
}
