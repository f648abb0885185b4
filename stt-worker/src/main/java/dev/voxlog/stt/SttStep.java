package dev.voxlog.stt;

import dev.voxlog.agent.Endpointing;
import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One call's ear: audio becomes windows, windows become speech and silence, speech becomes utterances.
///
/// All decisions are made on media time. Windows whose probability is known wait while the decision needs a decode that is
/// still running, so that catching up decides exactly as live.
final class SttStep implements CallStep {
  private static final String DETECT = "detect";
  private static final String LIVENESS = "liveness";
  private static final Duration SUSPEND_AFTER = Duration.ofSeconds(10);
  private static final int MS = AudioTape.SAMPLES_PER_MS;
  /// What the detector needs to hear before a place to judge it as it did the first time.
  private static final int WARM_UP = 1_000 * MS;
  private static final long LONGEST_FILLED_GAP = 2_000L * MS;

  private final CallView call;
  private final Effects effects;
  private final SttConfig config;
  private final DetectorLine detector;
  private final UtteranceDecoder decoder;
  private final AudioTape tape = new AudioTape();
  private final VadState vad = new VadState();
  private final SpeechGate gate;
  private final Deque<Heard> heard = new ArrayDeque<>();
  private final RecordedOnsets recorded = new RecordedOnsets();

  private long detectFrom = -1;
  private long detectTo;
  private long decidedTo;
  private int utterances;
  private @Nullable Utterance utterance;
  private boolean isEnding;
  private boolean isCut;
  private long framesSinceCheck;

  /// A window's place and probability, not yet decided on.
  private record Heard(long start, double probability) {}

  SttStep(CallView call, @Nullable AudioBytes state, Effects effects, SttWorker.Ears ears) {
    this.call = call;
    this.effects = effects;
    this.config = ears.config();
    this.detector = ears.detector();
    this.decoder = new UtteranceDecoder(call, effects, ears, tape);
    this.gate = new SpeechGate(config.minSpeech());
    if (state != null) {
      ByteBuffer bytes = state.buffer();
      utterances = bytes.getInt();
      decidedTo = bytes.getLong();
    }
    effects.timer(LIVENESS, SUSPEND_AFTER);
  }

  @Override
  public void on(Input input) {
    switch (input) {
      case Input.Logged(CallerAudio.Frame frame, long offset) -> frame(frame, offset);
      case Input.Logged(CallerAudio.Gap gap, _) -> gap(gap);
      case Input.Logged(CallerAudio.End _, _) -> end();
      case Input.Own(TranscriptEvent.SpeechStarted started) -> recorded.note(started);
      case Input.Answered(String key, Object answer) when key.equals(DETECT) -> detected((float[]) answer);
      case Input.Failed(String key, Throwable cause) when key.equals(DETECT) -> detectorFailed(cause);
      case Input.Answered(String key, Object answer) -> decoded(key, (Hypothesis) answer);
      case Input.Failed(String key, Throwable cause) -> decodeFailed(key, cause);
      case Input.TimerDue(_) -> checkLiveness();
      default -> {}
    }
  }

  // Audio in.

  private void frame(CallerAudio.Frame frame, long offset) {
    long sample = frame.mediaMs() * MS;
    if (tape.isEmpty()) {
      restartAt(sample);
    } else if (sample > tape.end() + MS * 5L) {
      fill(sample - tape.end(), offset);
    } else if (sample + (long) frame.audio().length() <= tape.end() - MS * 5L) {
      return;
    }
    framesSinceCheck++;
    tape.append(samples(frame), offset);
    detect();
  }

  private static float[] samples(CallerAudio.Frame frame) {
    byte[] bytes = frame.audio().array();
    return frame.codec() == Codec.PCM16_8K ? Pcm.toFloats(Pcm.fromBytes(bytes)) : Pcm.toFloats(G711.decodeMulaw(bytes));
  }

  private void restartAt(long sample) {
    tape.reset(sample);
    detectFrom = sample;
    detectTo = sample;
  }

  /// Missing audio of known length is silence; a longer or unknown gap ends what was being said.
  private void fill(long missing, long offset) {
    if (missing <= LONGEST_FILLED_GAP) {
      tape.append(new float[(int) missing], offset);
    } else {
      end();
      restartAt(tape.end() + missing);
    }
  }

  private void gap(CallerAudio.Gap gap) {
    if (gap.durationMs() == null) {
      end();
    }
  }

  private void detect() {
    if (detectTo > detectFrom || tape.end() - detectFrom < SpeechGate.WINDOW) {
      return;
    }
    long windows = (tape.end() - detectFrom) / SpeechGate.WINDOW;
    detectTo = detectFrom + windows * SpeechGate.WINDOW;
    effects.await(DETECT, detector.detect(vad, tape.between(detectFrom, detectTo)));
  }

  private void detected(float[] probabilities) {
    for (float probability : probabilities) {
      heard.add(new Heard(detectFrom, probability));
      detectFrom += SpeechGate.WINDOW;
    }
    detectTo = detectFrom;
    decide();
    detect();
    finishIfEnding();
  }

  // Decisions.

  private void decide() {
    while (!heard.isEmpty() && !isWaitingForWords()) {
      Heard window = heard.remove();
      boolean isOnset = gate.take(window.start(), window.start() < decidedTo ? 0 : window.probability());
      if (isOnset) {
        begin();
      } else if (utterance != null) {
        proceed(utterance);
      }
    }
    moveSafePoint();
  }

  /// The endpoint is near and its words are not known: whether it is one depends on them.
  private boolean isWaitingForWords() {
    return utterance != null
        && utterance.hypothesis() == null
        && decoder.isFinalRunning()
        && gate.silenceMs() >= endpointing().min().toMillis();
  }

  private void begin() {
    int number = ++utterances;
    long onset = recorded.onset(number, gate.onset());
    utterance = new Utterance(number, onset);
    effects.emit(new TranscriptEvent.SpeechStarted(call.id(), effects.now(), number, onset / MS, gate.now() / MS));
    decoder.begin(utterance);
  }

  private void proceed(Utterance open) {
    long silence = gate.silenceMs();
    if (silence == 0) {
      decoder.speechGoesOn(open, gate.now());
      if (gate.now() - open.onset() >= config.maxUtterance().toMillis() * MS) {
        decoder.startFinal(open, gate.now(), gate.now());
        isCut = true;
      }
      return;
    }
    if (silence >= config.speculateAfter().toMillis()) {
      decoder.startFinal(open, gate.lastVoicedEnd(), gate.now());
    }
    endIfSilentLongEnough(open);
  }

  private void endIfSilentLongEnough(Utterance open) {
    Hypothesis words = open.hypothesis();
    if (words == null) {
      return;
    }
    boolean isNoise = isNoise(words);
    Duration needed = isNoise ? endpointing().min() : turnEnd().after(words.text(), call.expects());
    if (isCut || isEnding || gate.silenceMs() >= needed.toMillis()) {
      close(open, words, isNoise);
    }
  }

  private boolean isNoise(Hypothesis words) {
    return words.text().isBlank() || words.noSpeech() >= config.noSpeechRejection();
  }

  private void close(Utterance open, Hypothesis words, boolean isNoise) {
    long endMs = gate.lastVoicedEnd() / MS;
    long mediaMs = gate.now() / MS;
    if (!isNoise) {
      effects.emit(decoder.finalTranscript(open, words, endMs, mediaMs));
    }
    effects.emit(new TranscriptEvent.SpeechEnded(call.id(), effects.now(), open.number(), !isNoise, endMs, mediaMs));
    utterance = null;
    isCut = false;
    decidedTo = gate.now();
    decoder.cancel();
    gate.close();
  }

  private void decoded(String key, Hypothesis hypothesis) {
    Utterance open = utterance;
    if (open == null) {
      return;
    }
    if (decoder.isFinal(key)) {
      open.hypothesis(hypothesis);
      endIfSilentLongEnough(open);
    } else {
      decoder.interim(open, hypothesis, isNoise(hypothesis));
    }
    decide();
    finishIfEnding();
  }

  private void decodeFailed(String key, Throwable cause) {
    effects.error("recognition failed", cause.getClass().getSimpleName());
    if (utterance != null && decoder.isFinal(key)) {
      close(utterance, Hypothesis.NOTHING, true);
      decide();
    }
  }

  private void detectorFailed(Throwable cause) {
    effects.error("voice activity detection failed", cause.getClass().getSimpleName());
    detectFrom = detectTo;
    detect();
  }

  // The end of audio.

  /// No more audio follows: what is open is decided on what there is.
  private void end() {
    isEnding = true;
    finishIfEnding();
  }

  private void finishIfEnding() {
    if (!isEnding || detectTo > detectFrom || !heard.isEmpty()) {
      return;
    }
    Utterance open = utterance;
    if (open == null) {
      isEnding = false;
      gate.close();
    } else if (open.hypothesis() == null) {
      decoder.startFinal(open, gate.lastVoicedEnd(), gate.now());
    } else {
      endIfSilentLongEnough(open);
      isEnding = false;
    }
  }

  /// A call without audio is suspended: nothing stays open, and it holds no place in the log.
  private void checkLiveness() {
    if (framesSinceCheck == 0 && !tape.isEmpty()) {
      end();
    }
    framesSinceCheck = 0;
    effects.timer(LIVENESS, SUSPEND_AFTER);
  }

  private void moveSafePoint() {
    long needed = utterance == null ? gate.phase() == SpeechGate.Phase.RISING ? gate.onset() : gate.now() : utterance.onset();
    long offset = tape.forgetBefore(needed - config.preRoll().toMillis() * MS - WARM_UP);
    if (offset >= 0) {
      effects.safePoint(Topic.AUDIO_IN, offset);
    }
  }

  private Endpointing endpointing() {
    return call.agent().agent().endpointing();
  }

  private TurnEnd turnEnd() {
    return new TurnEnd(endpointing().min(), endpointing().max());
  }

  @Override
  public boolean atRest() {
    return utterance == null && gate.phase() == SpeechGate.Phase.SILENT;
  }

  @Override
  public AudioBytes state() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
    bytes.putInt(utterances).putLong(decidedTo);
    return AudioBytes.wrap(bytes.array());
  }
}
