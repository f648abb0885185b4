package dev.voxlog.stt;

import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call's audio on its way in: frames go onto the tape, whole windows to the detector and back
/// with their probabilities.
///
/// The detector's memory reaches far back, so it is kept with the place it belongs to: whoever goes
/// on from there hears each window as likely speech as it would have been without the change.
///
/// Where the audio breaks off (its end, another attach, a long gap) what follows is held until
/// everything before is decided.
final class Intake {
  static final String DETECT = "detect";

  /// Bytes of [#write].
  static final int BYTES = Long.BYTES + VadState.BYTES;

  private static final int MS = AudioTape.SAMPLES_PER_MS;
  private static final long LONGEST_FILLED_GAP = 2_000L * MS;

  /// Carriers' timestamps are whole milliseconds and frames may lie a little off the grid.
  private static final long SLACK = 5L * MS;

  private final Effects effects;
  private final VoiceLine line;
  private final AudioTape tape;
  private final int window;
  private final FrameSamples samples = new FrameSamples();
  private final Deque<Window> windows = new ArrayDeque<>();
  private final Deque<Input.Logged> held = new ArrayDeque<>();

  /// The detector's memory before the window at `detectFrom`; never one that is being written.
  private VadState vad = new VadState();

  /// The one that the detector writes, from `vad` on.
  private VadState nextVad = new VadState();

  private long detectFrom;
  private long detectTo;
  private long nextOffset = -1;
  private int attach;
  private boolean isBroken;
  private boolean isDetectorDown;

  /// A window's first sample on the media clock, and how likely it is speech.
  record Window(long start, double probability) {}

  Intake(Effects effects, VoiceLine line, AudioTape tape) {
    this.effects = effects;
    this.line = line;
    this.tape = tape;
    this.window = line.window();
  }

  /// Writes how far the detector is and what it remembers there.
  void write(ByteBuffer to) {
    vad.write(to.putLong(detectFrom));
  }

  /// Goes on from what a predecessor has written.
  void read(ByteBuffer from) {
    detectFrom = from.getLong();
    detectTo = detectFrom;
    vad = VadState.read(from);
  }

  void take(CallerAudio audio, long offset) {
    if (isBroken || breaksBefore(audio)) {
      isBroken = true;
      held.add(new Input.Logged(audio, offset));
      return;
    }
    nextOffset = offset + 1;
    attach = audio.attach();
    switch (audio) {
      case CallerAudio.Frame frame -> frame(frame, offset);
      // A gap of known length shows in the next frame's time.
      case CallerAudio.Gap gap -> isBroken = gap.durationMs() == null;
      case CallerAudio.End _ -> isBroken = true;
      // Here utterances end by what is heard.
      case CallerAudio.Committed _, CallerAudio.Cleared _ -> {}
    }
  }

  private boolean breaksBefore(CallerAudio audio) {
    if (tape.isEmpty()) {
      return false;
    }
    boolean isFarOff =
        audio instanceof CallerAudio.Frame
            && audio.mediaMs() * MS - tape.end() > LONGEST_FILLED_GAP;
    return isFarOff || audio.attach() != attach;
  }

  private void frame(CallerAudio.Frame frame, long offset) {
    long sample = frame.mediaMs() * MS;
    long length = frame.codec().millis(frame.audio().length()) * MS;
    if (tape.isEmpty()) {
      restartAt(sample);
    } else if (sample > tape.end() + SLACK) {
      fillUpTo(sample, offset);
    } else if (sample + length <= tape.end() - SLACK) {
      return;
    }
    tape.append(samples.of(frame), offset);
    detect();
  }

  /// What is missing is silence; what a resampler still holds comes before it.
  private void fillUpTo(long sample, long offset) {
    tape.append(samples.rest(), offset);
    tape.append(new float[(int) Math.max(0, sample - tape.end())], offset);
  }

  private void restartAt(long sample) {
    tape.reset(sample);
    samples.rest();
    // What comes before was heard by a predecessor.
    if (sample > detectFrom) {
      vad = new VadState();
      // Windows lie on a grid of the media clock, so that whoever begins to listen elsewhere
      // decides on the same windows.
      detectFrom = Math.ceilDiv(sample, window) * window;
      detectTo = detectFrom;
    }
  }

  private boolean isDetecting() {
    return detectTo > detectFrom;
  }

  private void detect() {
    long fresh = tape.end() - detectFrom;
    if (isDetecting() || fresh < window) {
      return;
    }
    detectTo = detectFrom + fresh / window * window;
    nextVad.set(vad);
    effects.await(
        DETECT, Effects.PATIENCE, line.detect(nextVad, tape.between(detectFrom, detectTo)));
  }

  /// The detector's answer to [#DETECT].
  void detected(float[] probabilities) {
    isDetectorDown = false;
    VadState heard = nextVad;
    nextVad = vad;
    vad = heard;
    passed(probabilities);
  }

  private void passed(float[] probabilities) {
    for (float probability : probabilities) {
      windows.add(new Window(detectFrom, probability));
      detectFrom += window;
    }
    detectTo = detectFrom;
    detect();
  }

  /// The detector gave no answer: unheard audio passes as silence, so that an open utterance still
  /// ends.
  void detectorFailed(Throwable cause) {
    if (!isDetectorDown) {
      effects.error("voice activity detection failed", cause.getClass().getSimpleName());
    }
    int unheard = (int) ((detectTo - detectFrom) / window);
    isDetectorDown = true;
    vad = new VadState();
    // The detector may still write the other.
    nextVad = new VadState();
    passed(new float[unheard]);
  }

  /// The next window to decide on, null while there is none.
  @Nullable Window poll() {
    return windows.poll();
  }

  boolean hasWindows() {
    return !windows.isEmpty();
  }

  /// Windows that are to be decided on again, in order.
  void putBack(List<Window> again) {
    again.reversed().forEach(windows::addFirst);
  }

  /// Lets the audio break off here: nobody knows when, or whether, more will come.
  void breakOff() {
    isBroken = true;
  }

  /// Where the first window begins that was given and is not decided; [Long#MAX_VALUE] if there is
  /// none.
  long undecidedFrom() {
    return windows.isEmpty() ? Long.MAX_VALUE : windows.getFirst().start();
  }

  /// Whether the audio breaks off after all windows that were given.
  boolean isAtBreak() {
    return isBroken && !isDetecting() && windows.isEmpty();
  }

  boolean isEmpty() {
    return tape.isEmpty() && !isBroken;
  }

  /// All before the break is decided: nothing of it is needed again, and what was held comes in.
  void leaveBreak() {
    isBroken = false;
    tape.reset(tape.end());
    long needed = held.isEmpty() ? nextOffset : held.getFirst().offset();
    if (needed >= 0) {
      effects.safePoint(Topic.AUDIO_IN, needed);
    }
    List<Input.Logged> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(logged -> take((CallerAudio) logged.event(), logged.offset()));
  }
}
