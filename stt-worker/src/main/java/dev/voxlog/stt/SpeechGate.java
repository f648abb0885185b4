package dev.voxlog.stt;

import java.time.Duration;

/// Turns window probabilities into onset, speech and silence, in samples of the media clock. Pure
/// state; not thread-safe.
///
/// Speech is held down to 0.15 below the probability at which it begins (the detector's own
/// recommendation). What is no speech at all never begins it.
final class SpeechGate {
  static final int WINDOW = 256;
  private static final double HELD_BELOW = 0.15;
  private static final double LEAST = 0.01;
  private static final long FORGIVEN_GAP = 3L * WINDOW;

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

  /// Speech begins at a probability of `threshold`.
  SpeechGate(Duration minSpeech, double threshold) {
    on = Math.max(threshold, LEAST);
    off = Math.max(threshold - HELD_BELOW, LEAST);
    // Half a window of tolerance: the windows do not begin where the speech does.
    minVoiced = minSpeech.toMillis() * AudioTape.SAMPLES_PER_MS - WINDOW / 2;
  }

  /// Takes the window that begins at sample `start`; true when this very window makes it speech.
  boolean take(long start, double probability) {
    now = start + WINDOW;
    boolean isVoiced = probability >= (phase == Phase.SILENT ? on : off);
    if (isVoiced) {
      if (phase == Phase.SILENT) {
        phase = Phase.RISING;
        onset = start;
        voiced = 0;
      }
      voiced += WINDOW;
      lastVoicedEnd = now;
      if (phase == Phase.RISING && voiced >= minVoiced) {
        phase = Phase.SPEECH;
        return true;
      }
    } else if (phase == Phase.RISING && now - lastVoicedEnd > FORGIVEN_GAP) {
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
