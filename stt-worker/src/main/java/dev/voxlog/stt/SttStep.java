package dev.voxlog.stt;

import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One call's ear: windows become speech and silence, speech becomes utterances.
///
/// All decisions are made on media time. Windows whose probability is known wait while the decision
/// needs a decode that is still running, so that catching up decides exactly as live.
final class SttStep implements CallStep {
  private static final String LIVENESS = "liveness";
  private static final String TYPED_AGAIN = "typed again";
  private static final Duration SUSPEND_AFTER = Duration.ofSeconds(10);

  /// Between topics there is no order, but `calls` is not read so much later than audio.
  private static final Duration TYPED_PATIENCE = Duration.ofSeconds(5);

  private static final int MS = AudioTape.SAMPLES_PER_MS;

  private final CallView call;
  private final Effects effects;
  private final SttConfig config;
  private final Listening listening;
  private final SttMetrics metrics;
  private final AudioTape tape = new AudioTape();
  private final Intake intake;
  private final UtteranceDecoder decoder;
  private final SpeechGate gate;
  private final LongUtterance tail;
  private final Predecessor predecessor = new Predecessor();
  private final Typing typing;

  private int utterances;
  private long decidedTo;
  private long speechEnd;
  private @Nullable Utterance utterance;
  private boolean isCut;
  private Instant lastAudioAt = Instant.MIN;
  private boolean isWatched;

  SttStep(CallView call, @Nullable AudioBytes state, Effects effects, SttWorker.Ears ears) {
    this.call = call;
    this.effects = effects;
    this.config = ears.config();
    this.metrics = ears.metrics();
    this.intake = new Intake(effects, ears.line(), tape);
    this.decoder = new UtteranceDecoder(call, effects, ears, tape);
    this.listening = Listening.of(call, config);
    this.gate =
        new SpeechGate(config.minSpeech(), listening.speechThreshold(), ears.line().window());
    this.tail = new LongUtterance(tape, ears.line().window());
    this.typing = new Typing(call, effects, decoder.written());
    if (state != null) {
      ByteBuffer bytes = state.buffer();
      utterances = bytes.getInt();
      decidedTo = bytes.getLong();
      speechEnd = bytes.getLong();
      intake.read(bytes);
      if (bytes.hasRemaining()) {
        // An older version remembers no words.
        decoder.written().read(bytes);
      }
    }
  }

  @Override
  public void on(Input input) {
    switch (input) {
      case Input.Logged(CallerAudio audio, long offset) -> audio(audio, offset);
      case Input.Logged(CallEvent.Typed typed, _) -> typed(typed);
      case Input.Own(TranscriptEvent event) -> wasWritten(event);
      case Input.Restored() -> restored();
      case Input.Answered(String key, Object answer) when key.equals(Intake.DETECT) ->
          intake.detected((float[]) answer);
      case Input.Failed(String key, Throwable cause) when key.equals(Intake.DETECT) ->
          intake.detectorFailed(cause);
      case Input.Answered(String key, _) when key.equals(Typing.WRITTEN) -> typing.written();
      case Input.Answered(String key, Object answer) -> decoded(key, (Hypothesis) answer);
      case Input.Failed(String key, Throwable cause) -> decodeFailed(key, cause);
      case Input.TimerDue(String key) when key.equals(TYPED_AGAIN) -> predecessor.forgetTyped();
      case Input.TimerDue(_) -> watch();
      default -> {
        return;
      }
    }
    decide();
    while (intake.isAtBreak() && isOver()) {
      gate.close();
      intake.leaveBreak();
      decide();
    }
    tellTyped();
  }

  private void wasWritten(TranscriptEvent event) {
    predecessor.note(event);
    if (event instanceof TranscriptEvent.Final told) {
      decoder.written().note(told);
    }
  }

  /// The open utterance is heard again; those that are over are not.
  private void restored() {
    utterances = Math.max(utterances, predecessor.highest());
    decidedTo = Math.max(decidedTo, predecessor.decidedToMs() * MS);
    speechEnd = Math.max(speechEnd, predecessor.speechEndMs() * MS);
    if (predecessor.isTypedInPart()) {
      effects.timer(TYPED_AGAIN, TYPED_PATIENCE);
    }
  }

  // What is typed.

  private void typed(CallEvent.Typed typed) {
    OptionalInt before = predecessor.numberOf(typed);
    if (before.isPresent()) {
      typing.tell(typed, before.getAsInt());
    } else if (!Typing.text(typed).isEmpty()) {
      typing.add(typed);
    }
  }

  /// It comes after what is being spoken.
  private void tellTyped() {
    while (utterance == null
        && predecessor.open() == null
        && typing.next() instanceof CallEvent.Typed typed) {
      typing.tell(typed, ++utterances);
    }
  }

  // Audio in.

  private void audio(CallerAudio audio, long offset) {
    lastAudioAt = effects.now();
    if (!isWatched) {
      isWatched = true;
      effects.timer(LIVENESS, SUSPEND_AFTER);
    }
    intake.take(audio, offset);
  }

  /// A call without audio is suspended: nothing stays open, and it holds no place in the log.
  private void watch() {
    Duration left = Duration.between(effects.now(), lastAudioAt.plus(SUSPEND_AFTER));
    if (left.isPositive()) {
      effects.timer(LIVENESS, left);
      return;
    }
    isWatched = false;
    if (!intake.isEmpty()) {
      intake.breakOff();
    }
  }

  // Decisions.

  private void decide() {
    while (!isWaiting() && intake.poll() instanceof Intake.Window window) {
      boolean isOnset =
          gate.take(window.start(), window.start() < decidedTo ? 0 : window.probability());
      if (predecessor.open() instanceof TranscriptEvent.SpeechStarted again) {
        if (gate.now() >= again.mediaMs() * MS) {
          gate.force(again.onsetMs() * MS);
          begin(again.utterance(), again.onsetMs() * MS);
          predecessor.taken();
        }
      } else if (isOnset) {
        begin(utterances + 1, gate.onset());
      } else if (utterance != null) {
        tail.note(window);
        proceed(utterance);
      }
    }
    moveSafePoint();
  }

  /// What a predecessor wrote of a typed utterance in part is to be whole before the next begins;
  /// or the endpoint is near and its words are not known: whether it is one depends on them.
  private boolean isWaiting() {
    return predecessor.isTypedInPart() || isWaitingForWords();
  }

  private boolean isWaitingForWords() {
    return utterance != null
        && utterance.hypothesis() == null
        && decoder.isFinalRunning()
        && (isCut || gate.silenceMs() >= listening.minSilence().toMillis());
  }

  private void begin(int number, long onset) {
    utterances = number;
    long from = Math.max(onset - listening.preRollSamples(), Math.max(speechEnd, tape.start()));
    Utterance open = new Utterance(number, onset, from);
    utterance = open;
    tail.clear();
    effects.emit(
        new TranscriptEvent.SpeechStarted(
            call.id(), effects.now(), number, onset / MS, gate.now() / MS));
    decoder.begin(open);
  }

  private void proceed(Utterance open) {
    if (gate.silenceMs() == 0) {
      decoder.speechGoesOn(open, gate.now());
    }
    if (gate.now() - open.onset() >= config.maxUtterance().toMillis() * MS) {
      cut(open);
    } else if (gate.silenceMs() >= config.speculateAfter().toMillis()) {
      decoder.startFinal(open, gate.lastVoicedEnd(), gate.now());
      endIfSilentLongEnough(open);
    }
  }

  /// Too long to be recognised in one piece: what was said so far is an utterance, the rest the
  /// next one.
  private void cut(Utterance open) {
    isCut = true;
    long place = tail.quietest(gate.now());
    decoder.startFinal(open, place, place);
  }

  private void endIfSilentLongEnough(Utterance open) {
    Hypothesis words = open.hypothesis();
    if (words == null) {
      return;
    }
    if (isCut) {
      long place = decoder.finalEnd();
      intake.putBack(tail.after(place));
      close(open, words, place, place);
      return;
    }
    TurnEnd turnEnd = new TurnEnd(listening.minSilence(), listening.maxSilence());
    Duration needed =
        isNoise(words) ? listening.minSilence() : turnEnd.after(words.text(), call.expects());
    if (intake.isAtBreak() || gate.silenceMs() >= needed.toMillis()) {
      close(open, words, gate.lastVoicedEnd(), gate.now());
    }
  }

  private boolean isNoise(Hypothesis words) {
    return words.text().isBlank() || words.noSpeech() >= config.noSpeechRejection();
  }

  private void close(Utterance open, Hypothesis words, long end, long decidedAt) {
    long endMs = end / MS;
    long mediaMs = decidedAt / MS;
    boolean hasWords = !isNoise(words);
    if (hasWords) {
      effects.emit(decoder.finalTranscript(open, words, endMs, mediaMs));
      metrics.decided(call.agent().agent().name(), mediaMs - endMs, decoder.finalTook());
    }
    effects.emit(
        new TranscriptEvent.SpeechEnded(
            call.id(), effects.now(), open.number(), hasWords, endMs, mediaMs));
    utterance = null;
    isCut = false;
    speechEnd = end;
    decidedTo = decidedAt;
    decoder.cancel();
    gate.close();
    tellTyped();
  }

  private void decoded(String key, Hypothesis hypothesis) {
    boolean isFinal = decoder.isFinal(key);
    Utterance open = utterance;
    if (open != null && isFinal) {
      open.hypothesis(hypothesis);
      endIfSilentLongEnough(open);
    } else if (open != null) {
      decoder.interim(open, hypothesis, isNoise(hypothesis));
    }
  }

  private void decodeFailed(String key, Throwable cause) {
    effects.error("recognition failed", cause.getClass().getSimpleName());
    boolean isFinal = decoder.isFinal(key);
    if (utterance != null && isFinal) {
      utterance.hypothesis(Hypothesis.NOTHING);
      endIfSilentLongEnough(utterance);
    }
  }

  /// At a break what is open is decided on what there is; true once nothing is open.
  private boolean isOver() {
    if (predecessor.open() instanceof TranscriptEvent.SpeechStarted again) {
      begin(again.utterance(), again.onsetMs() * MS);
      predecessor.taken();
    }
    Utterance open = utterance;
    if (open == null) {
      return true;
    }
    if (open.hypothesis() == null) {
      decoder.startFinal(open, gate.lastVoicedEnd(), gate.now());
    } else {
      endIfSilentLongEnough(open);
    }
    return utterance == null;
  }

  private void moveSafePoint() {
    long offset = tape.forgetBefore(neededFrom() - listening.preRollSamples());
    if (offset >= 0) {
      effects.safePoint(Topic.AUDIO_IN, offset);
    }
  }

  private long neededFrom() {
    if (utterance != null) {
      return utterance.onset();
    }
    if (predecessor.open() instanceof TranscriptEvent.SpeechStarted again) {
      return Math.min(again.onsetMs() * MS, gate.now());
    }
    long heard = gate.phase() == SpeechGate.Phase.RISING ? gate.onset() : gate.now();
    // What was put back is heard again.
    return Math.min(heard, intake.undecidedFrom());
  }

  @Override
  public boolean atRest() {
    return utterance == null
        && gate.phase() == SpeechGate.Phase.SILENT
        && predecessor.open() == null
        && !predecessor.isTypedInPart()
        && typing.isAtRest();
  }

  @Override
  public AudioBytes state() {
    byte[] words = decoder.written().bytes(Math.max(decidedTo, gate.now()) / MS);
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES + Intake.BYTES + words.length);
    intake.write(bytes.putInt(utterances).putLong(decidedTo).putLong(speechEnd));
    bytes.put(words);
    return AudioBytes.wrap(bytes.array());
  }
}
