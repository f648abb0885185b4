package dev.voxlog.tts.stub;

import dev.voxlog.tts.AudioSink;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceTraits;
import dev.voxlog.tts.WordTimes;
import dev.voxlog.tts.text.SpokenClause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Says each sentence as a piece of the same tone, after its delay, which keeps the asking thread.
public final class StubVoice implements Voice {
  /// Who may be asked for.
  public static final String SPEAKER = "stub";

  private static final int RATE = 8_000;
  private static final int MS_PER_WORD = 300;
  private static final int LONGEST_MS = 15_000;
  private static final double AMPLITUDE = 0.3;
  private static final int HERTZ = 500;

  private final float[] tone = new float[RATE / 1_000 * LONGEST_MS];
  private final VoiceTraits traits;
  private final Duration delay;

  public StubVoice(Duration delay) {
    this.delay = delay;
    this.traits = new VoiceTraits("stub", SPEAKER, MS_PER_WORD + "ms", RATE, true);
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (AMPLITUDE * Math.sin(2 * Math.PI * HERTZ * i / RATE));
    }
  }

  @Override
  public VoiceTraits traits() {
    return traits;
  }

  @Override
  public void speak(SpokenClause clause, AudioSink sink, StopSignal stop) {
    long until = System.nanoTime() + delay.toNanos();
    int millis = Math.clamp((long) clause.count() * MS_PER_WORD, MS_PER_WORD, LONGEST_MS);
    List<Integer> phones = clause.words().stream().map(WordTimes::phones).toList();
    for (long left = until - System.nanoTime();
        left > 0 && !stop.isStopped() && !Thread.currentThread().isInterrupted();
        left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    if (!stop.isStopped()) {
      sink.words(WordTimes.estimate(clause.words(), phones, 0, millis));
      sink.audio(Arrays.copyOf(tone, RATE / 1_000 * millis));
    }
  }
}
