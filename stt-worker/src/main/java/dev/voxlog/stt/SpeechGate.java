package dev.voxlog.stt;

import java.time.Duration;

/// Turns window probabilities into onset, speech and silence, in samples of the media clock. Pure
/// state; not thread-safe.
///
/// Speech is held down to 0.15 below the probability at which it begins (the detector's own
/// recommendation). What is no speech at all never begins it.
final class SpeechGate {
  private static final double HELD_BELOW = 0.15;
  private static final double LEAST = 0.01;
  private static final int FORGIVEN_WINDOWS = 3;

  private final int window;
  private final long minVoiced;
  private final double on;
  private final double off;
  private Phase phase = Phase.SILENT;
  private long onset;
  private long voiced;
  private long lastVoicedEnd;
  private long now;

  /// Where the gate stands.
  enum Phase {
    SILENT,
    /// Voiced, but not yet for long enough.
    RISING,
    SPEECH
  }

  /// Speech begins at a probability of `threshold`; `window` is in samples.
  SpeechGate(Duration minSpeech, double threshold, int window) {
    this.window = window;
    on = Math.max(threshold, LEAST);
    off = Math.max(threshold - HELD_BELOW, LEAST);
    // Half a window of tolerance: the windows do not begin where the speech does.
    minVoiced = minSpeech.toMillis() * AudioTape.SAMPLES_PER_MS - window / 2;
  }

  /// Samples of a window.
  int window() {
    return window;
  }

  /// Takes the window that begins at sample `start`; true when this very window makes it speech.
  boolean take(long start, double probability) {
    now = start + window;
    boolean isVoiced = probability >= (phase == Phase.SILENT ? on : off);
    if (isVoiced) {
      if (phase == Phase.SILENT) {
        phase = Phase.RISING;
        onset = start;
        voiced = 0;
      }
      voiced += window;
      lastVoicedEnd = now;
      if (phase == Phase.RISING && voiced >= minVoiced) {
        phase = Phase.SPEECH;
        return true;
      }
    } else if (phase == Phase.RISING && now - lastVoicedEnd > (long) FORGIVEN_WINDOWS * window) {
      phase = Phase.SILENT;
    }
    return false;
  }

  /// It is speech since `recorded`, as a predecessor has decided on this very window.
  void force(long recorded) {
    phase = Phase.SPEECH;
    onset = recorded;
    lastVoicedEnd = now;
  }

  /// The utterance has been closed; the next one needs an onset of its own.
  void close() {
    phase = Phase.SILENT;
  }

  Phase phase() {
    return phase;
  }

  long onset() {
    return onset;
  }

  /// End of the last voiced window.
  long lastVoicedEnd() {
    return lastVoicedEnd;
  }

  /// Silence since the last voiced window, in milliseconds.
  long silenceMs() {
    return (now - lastVoicedEnd) / AudioTape.SAMPLES_PER_MS;
  }

  long now() {
    return now;
  }
}
