package dev.voxlog.stt.stub;

import dev.voxlog.schemas.Word;
import dev.voxlog.stt.DecodeRequest;
import dev.voxlog.stt.Hypothesis;
import dev.voxlog.stt.Recognizer;
import dev.voxlog.stt.VoiceActivityDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/// Takes any sound for words, as many as fit into its length: longer audio goes on where shorter
/// ended, as interims and their final do. Computes nothing and answers after its delay, which keeps
/// the asking thread.
public final class StubRecognizer implements Recognizer {
  /// What transcripts and metrics call it.
  public static final String NAME = "stub";

  /// Samples of a carrier's frame at the detector's rate, 20 ms.
  public static final int FRAME = 160;

  private static final long MS_PER_WORD = 400;
  private static final Duration A_WHILE = Duration.ofMillis(10);
  private static final String[] WORDS =
      "please tell me whether the parcel that left your house is on its way by now".split(" ");

  private final Duration delay;

  public StubRecognizer(Duration delay) {
    this.delay = delay;
  }

  @Override
  public int sampleRate() {
    return VoiceActivityDetector.SAMPLE_RATE;
  }

  @Override
  public Hypothesis decode(float[] pcm, DecodeRequest request) {
    linger(request, System.nanoTime() + delay.toNanos());
    long millis = pcm.length * 1_000L / sampleRate();
    int count = (int) Math.max(1, millis / MS_PER_WORD);
    List<Word> words = new ArrayList<>(count);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String word = WORDS[i % WORDS.length];
      words.add(new Word(word, i * MS_PER_WORD, (i + 1) * MS_PER_WORD, 1, true));
      text.append(i == 0 ? "" : " ").append(word);
    }
    return new Hypothesis(text.toString(), List.of(), 1, 0, delay, words);
  }

  private static void linger(DecodeRequest request, long untilNanos) {
    for (long left = untilNanos - System.nanoTime();
        left > 0 || request.cancelled().getAsBoolean();
        left = untilNanos - System.nanoTime()) {
      if (request.cancelled().getAsBoolean()) {
        throw new CancellationException();
      }
      LockSupport.parkNanos(Math.min(left, A_WHILE.toNanos()));
    }
  }
}
