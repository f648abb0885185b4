package dev.voxlog.stt;

import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Word;
import dev.voxlog.text.Masked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the recogniser for interims while the caller speaks and for the final words in early
/// silence.
final class UtteranceDecoder {
  private static final String INTERIM = "interim";
  private static final String FINAL = "final";
  private static final int MS = AudioTape.SAMPLES_PER_MS;

  private final CallView call;
  private final Effects effects;
  private final SttWorker.Ears ears;
  private final AudioTape tape;
  private final WrittenWords written;
  private long interimFrom;
  private boolean isInterimRunning;
  private boolean isFinalRunning;
  private long finalEnd = -1;
  private Instant finalAskedAt = Instant.MIN;
  private Duration finalTook = Duration.ZERO;
  private int revision;
  private long interimTo;
  private @Nullable Hypothesis lastInterim;
  private String lastWritten = "";

  UtteranceDecoder(CallView call, Effects effects, SttWorker.Ears ears, AudioTape tape) {
    this.call = call;
    this.effects = effects;
    this.ears = ears;
    this.tape = tape;
    this.written = new WrittenWords(call);
  }

  void begin(Utterance utterance) {
    cancel();
    revision = 0;
    lastInterim = null;
    lastWritten = "";
    interimFrom = utterance.onset() + ears.config().firstInterim().toMillis() * MS;
  }

  /// Speech goes on at sample `now`: a final decode begun in a pause is void, an interim may be
  /// due.
  void speechGoesOn(Utterance utterance, long now) {
    if (finalEnd >= 0) {
      effects.cancel(FINAL);
      isFinalRunning = false;
      finalEnd = -1;
      utterance.hypothesis(null);
    }
    if (!isInterimRunning && now >= interimFrom) {
      interimFrom = now + ears.config().interimEvery().toMillis() * MS;
      if (effects.leavesOut(INTERIM)) {
        return;
      }
      isInterimRunning = true;
      interimTo = now;
      askInterim(tape.between(utterance.from(), now), lastInterim);
    }
  }

  private void askInterim(float[] audio, @Nullable Hypothesis draft) {
    Recognizer recognizer = ears.recognizer();
    effects.ask(
        INTERIM,
        Effects.Urgency.INTERIM,
        cancellation ->
            recognizer.decode(
                recognizer.heard(audio),
                new DecodeRequest(draft, Constraint.none(), cancellation::isCancelled)));
  }

  /// Begins the final decode of speech that ended at sample `end`, unless it has begun.
  void startFinal(Utterance utterance, long end, long now) {
    if (finalEnd == end) {
      return;
    }
    finalEnd = end;
    isFinalRunning = true;
    finalAskedAt = effects.now();
    utterance.hypothesis(null);
    effects.cancel(INTERIM);
    isInterimRunning = false;
    float[] audio = tape.between(utterance.from(), Math.min(now, end + preRoll()));
    Recognizer recognizer = ears.recognizer();
    AnswerDecode decode = new AnswerDecode(recognizer, call.expects());
    effects.ask(
        FINAL,
        Effects.Urgency.FINAL_DECODE,
        cancellation -> decode.words(recognizer.heard(audio), cancellation::isCancelled));
  }

  private long preRoll() {
    return ears.config().preRoll().toMillis() * MS;
  }

  boolean isFinalRunning() {
    return isFinalRunning;
  }

  /// Where the speech ended that the latest final decode is of.
  long finalEnd() {
    return finalEnd;
  }

  /// From asking for the final words to having them, by the call's clock.
  long finalTook() {
    return finalTook.toMillis();
  }

  /// Takes note that a decode is done; true if it was the final one.
  boolean isFinal(String key) {
    if (key.equals(FINAL)) {
      isFinalRunning = false;
      finalTook = Duration.between(finalAskedAt, effects.now());
      return true;
    }
    isInterimRunning = false;
    return false;
  }

  void interim(Utterance utterance, Hypothesis words, boolean isNoise) {
    if (isNoise) {
      return;
    }
    String text = written.soFar(words.text(), utterance.onset() / MS).text();
    int stable = stableWords(lastWritten, text);
    lastInterim = words;
    lastWritten = text;
    effects.emit(
        new TranscriptEvent.Interim(
            call.id(),
            effects.now(),
            utterance.number(),
            revision++,
            text,
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

  TranscriptEvent.Final finalTranscript(
      Utterance utterance, Hypothesis words, long endMs, long mediaMs) {
    long decodedFromMs = utterance.from() / MS;
    Masked masked = written.whole(words.text(), utterance.onset() / MS);
    List<Word> timed = masked.words(words.later(decodedFromMs).words());
    TranscriptEvent.Final told =
        new TranscriptEvent.Final(
            call.id(),
            effects.now(),
            utterance.number(),
            masked.text(),
            words.confidence(),
            timed,
            utterance.onset() / MS,
            endMs,
            mediaMs,
            ears.engine(),
            words.decodeTime().toMillis());
    written.note(told);
    return told;
  }

  /// What of the words so far decides what is written of the next ones.
  WrittenWords written() {
    return written;
  }

  void cancel() {
    effects.cancel(INTERIM);
    effects.cancel(FINAL);
    isInterimRunning = false;
    isFinalRunning = false;
    finalEnd = -1;
  }
}
