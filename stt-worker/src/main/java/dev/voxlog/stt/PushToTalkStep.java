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
import dev.voxlog.stt.Pushed.Span;
import dev.voxlog.text.Masked;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The ear of a call whose program says itself what an utterance is: what was appended becomes one
/// when it is committed, whether or not there are words in it.
///
/// Which commits are dealt with follows from their places on the media clock, so that whoever takes
/// over, and reads some again, makes no second utterance of any.
final class PushToTalkStep implements CallStep {
  private static final String DETECT = "detect";
  private static final String DECODE = "decode";
  private static final String READ_AGAIN = "read again";
  private static final String LIES_STILL = "lies still";
  private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

  /// With a checkpoint's delay, before the runtime lets go of what a call without audio would read
  /// again.
  private static final Duration STILLNESS = Duration.ofSeconds(4);

  private static final int MS = AudioTape.SAMPLES_PER_MS;

  private final CallView call;
  private final Effects effects;
  private final SttWorker.Ears ears;
  private final WrittenWords written;
  private final Typing typing;
  private final Predecessor predecessor = new Predecessor();
  private final HeldAudio held = new HeldAudio();
  private final Deque<Pushed> waiting = new ArrayDeque<>();
  private @Nullable Pushed open;
  private int utterances;
  private long decidedToMs;
  private long nextOffset = -1;
  private Instant askedAt = Instant.MIN;
  private Instant lastAudioAt = Instant.MIN;
  private boolean isWatched;

  PushToTalkStep(CallView call, @Nullable AudioBytes state, Effects effects, SttWorker.Ears ears) {
    this.call = call;
    this.effects = effects;
    this.ears = ears;
    this.written = new WrittenWords(call);
    this.typing = new Typing(call, effects, written);
    if (state != null) {
      ByteBuffer bytes = state.buffer();
      utterances = bytes.getInt();
      decidedToMs = bytes.getLong();
      byte[] kept = new byte[bytes.getInt()];
      bytes.get(kept);
      held.read(kept);
      written.read(bytes);
    }
  }

  @Override
  public void on(Input input) {
    switch (input) {
      case Input.Logged(CallerAudio audio, long offset) -> audio(audio, offset);
      case Input.Logged(CallEvent.Typed typed, _) -> typed(typed);
      case Input.Own(TranscriptEvent event) -> wasWritten(event);
      case Input.Restored() -> restored();
      case Input.Answered(String key, _) when key.equals(Typing.WRITTEN) -> typing.written();
      case Input.Answered(String key, Object answer) when key.equals(DETECT) ->
          detected((float[]) answer);
      case Input.Answered(_, Object answer) -> close((Hypothesis) answer);
      case Input.Failed(String key, Throwable cause) -> failed(key, cause);
      case Input.TimerDue(String key) when key.equals(LIES_STILL) -> watch();
      case Input.TimerDue(_) -> neverReadAgain();
      default -> {
        return;
      }
    }
    next();
    moveSafePoint();
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

  // Audio.

  private void audio(CallerAudio audio, long offset) {
    nextOffset = offset + 1;
    switch (audio) {
      case CallerAudio.Frame frame -> {
        held.take(frame, offset);
        lastAudioAt = effects.now();
        if (!isWatched) {
          isWatched = true;
          effects.timer(LIES_STILL, STILLNESS);
        }
      }
      case CallerAudio.Committed committed when committed.mediaMs() <= decidedToMs -> held.clear();
      case CallerAudio.Committed committed -> waiting.add(held.commit(committed.mediaMs(), offset));
      case CallerAudio.Cleared _ -> held.clear();
      case CallerAudio.Gap _, CallerAudio.End _ -> {}
    }
  }

  private void watch() {
    Duration left = Duration.between(effects.now(), lastAudioAt.plus(STILLNESS));
    isWatched = left.isPositive();
    if (isWatched) {
      effects.timer(LIES_STILL, left);
    } else {
      held.keep();
    }
  }

  private void next() {
    if (open != null || predecessor.isTypedInPart()) {
      return;
    }
    Pushed pushed = waiting.poll();
    if (pushed != null) {
      begin(pushed);
      return;
    }
    while (predecessor.open() == null && typing.next() instanceof CallEvent.Typed typed) {
      typing.tell(typed, ++utterances);
    }
  }

  private void begin(Pushed pushed) {
    TranscriptEvent.SpeechStarted before = predecessor.open();
    if (before != null && before.mediaMs() == pushed.committedMs()) {
      utterances = before.utterance();
      predecessor.taken();
    } else {
      utterances++;
    }
    open = pushed;
    askedAt = effects.now();
    effects.emit(
        new TranscriptEvent.SpeechStarted(
            call.id(), effects.now(), utterances, pushed.onsetMs(), pushed.committedMs()));
    effects.await(DETECT, Effects.PATIENCE, ears.line().detect(new VadState(), pushed.all()));
  }

  private void detected(float[] probabilities) {
    if (open == null) {
      return;
    }
    Double threshold = call.started().settings().turnDetection().speechThreshold();
    SpeechGate gate =
        new SpeechGate(
            ears.config().minSpeech(),
            threshold == null ? Listening.USUAL_THRESHOLD : threshold,
            ears.line().window());
    Span speech = open.speech(probabilities, gate, ears.config().preRoll());
    if (speech.isEmpty()) {
      close(Hypothesis.NOTHING);
    } else {
      decode(open, speech);
    }
  }

  /// What the dialogue has asked for is no longer than one piece.
  private void decode(Pushed pushed, Span speech) {
    List<Span> pieces = pushed.pieces(speech, ears.config().maxUtterance());
    AnswerDecode decode =
        new AnswerDecode(ears.recognizer(), pieces.size() == 1 ? call.expects() : null);
    effects.ask(
        DECODE,
        Effects.Urgency.FINAL_DECODE,
        cancellation -> {
          List<Hypothesis> parts = new ArrayList<>();
          for (Span piece : pieces) {
            float[] heard =
                ears.recognizer().heard(pushed.sound().between(piece.from(), piece.to()));
            Hypothesis part = decode.words(heard, cancellation::isCancelled);
            parts.add(part.later(pushed.onsetMs() + piece.from() / MS));
          }
          return Hypothesis.joined(parts);
        });
  }

  /// Unheard audio may be speech; without words there is nothing to tell.
  private void failed(String key, Throwable cause) {
    String what = cause.getClass().getSimpleName();
    if (key.equals(DETECT) && open != null) {
      effects.error("voice activity detection failed", what);
      decode(open, new Span(0, open.sound().length()));
    } else {
      effects.error("recognition failed", what);
      close(Hypothesis.NOTHING);
    }
  }

  private void close(Hypothesis words) {
    Pushed over = open;
    if (over == null) {
      return;
    }
    long endMs = over.committedMs();
    boolean hasWords =
        !words.text().isBlank() && words.noSpeech() < ears.config().noSpeechRejection();
    if (hasWords) {
      TranscriptEvent.Final told = told(over, words);
      written.note(told);
      effects.emit(told);
      long waitedMs = Duration.between(askedAt, effects.now()).toMillis();
      ears.metrics().decided(call.agent().agent().name(), 0, waitedMs);
    }
    effects.emit(
        new TranscriptEvent.SpeechEnded(
            call.id(), effects.now(), utterances, hasWords, endMs, endMs));
    decidedToMs = endMs;
    open = null;
  }

  private TranscriptEvent.Final told(Pushed over, Hypothesis words) {
    Masked masked = written.whole(words.text(), over.onsetMs());
    return new TranscriptEvent.Final(
        call.id(),
        effects.now(),
        utterances,
        masked.text(),
        words.confidence(),
        masked.words(words.words()),
        over.onsetMs(),
        over.committedMs(),
        over.committedMs(),
        ears.engine(),
        words.decodeTime().toMillis());
  }

  private void moveSafePoint() {
    if (nextOffset >= 0) {
      Pushed first = open == null ? waiting.peek() : open;
      long needed = first == null ? held.neededFrom(nextOffset) : first.offset();
      effects.safePoint(Topic.AUDIO_IN, needed);
    }
  }

  // Taking over.

  private void wasWritten(TranscriptEvent event) {
    predecessor.note(event);
    if (event instanceof TranscriptEvent.Final told) {
      written.note(told);
    }
  }

  private void restored() {
    utterances = Math.max(utterances, predecessor.highest());
    decidedToMs = Math.max(decidedToMs, predecessor.decidedToMs());
    if (predecessor.isTypedInPart() || predecessor.open() != null) {
      effects.timer(READ_AGAIN, READ_PATIENCE);
    }
  }

  /// What a predecessor began and nobody can finish is over.
  private void neverReadAgain() {
    predecessor.forgetTyped();
    TranscriptEvent.SpeechStarted begun = predecessor.open();
    if (begun != null) {
      predecessor.taken();
      utterances = Math.max(utterances, begun.utterance());
      decidedToMs = Math.max(decidedToMs, begun.mediaMs());
      effects.emit(
          new TranscriptEvent.SpeechEnded(
              call.id(),
              effects.now(),
              begun.utterance(),
              false,
              begun.mediaMs(),
              begun.mediaMs()));
    }
  }

  // Checkpoints.

  @Override
  public boolean atRest() {
    return open == null
        && waiting.isEmpty()
        && predecessor.open() == null
        && !predecessor.isTypedInPart()
        && typing.isAtRest();
  }

  @Override
  public AudioBytes state() {
    byte[] kept = held.bytes();
    byte[] words = written.bytes(decidedToMs);
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES + kept.length + words.length);
    bytes.putInt(utterances).putLong(decidedToMs);
    bytes.putInt(kept.length).put(kept).put(words);
    return AudioBytes.wrap(bytes.array());
  }
}
