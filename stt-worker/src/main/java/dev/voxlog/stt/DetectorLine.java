package dev.voxlog.stt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The thread that detects voice for all calls, windows of different calls in one batch.
///
/// A call's windows run one after the other, since each needs the state the last one left, while
/// the requests that wait at the same time share a batch. So that there is something to share, a
/// request that comes soon after another batch began waits a moment for more; a call that is alone
/// has its windows further apart and never waits. Askers never wait; answers are given on the
/// line's thread, so what follows them must not block.
final class DetectorLine implements VoiceLine {
  private static final int WIDEST = 64;
  private static final Duration APART = Duration.ofMillis(10);
  private static final Duration LAST_BATCH = Duration.ofSeconds(2);

  private final VoiceActivityDetector detector;
  private final long apart;
  private final LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("vad").unstarted(this::run);
  private volatile boolean isClosed;

  /// The oldest request at work, null when none is.
  private volatile @Nullable Request oldest;

  DetectorLine(VoiceActivityDetector detector) {
    this(detector, APART);
  }

  /// `apart` is from when one batch began to when the next may that begins with what just came. No
  /// request waits where a full batch is there, or for windows that go on with a batch.
  DetectorLine(VoiceActivityDetector detector, Duration apart) {
    this.detector = detector;
    this.apart = apart.toNanos();
    thread.start();
  }

  /// A call's windows, in order, and how far they are.
  private static final class Request {
    private final VadState state;
    private final float[] audio;
    private final float[] probabilities;
    private final CompletableFuture<float[]> answer = new CompletableFuture<>();
    private final long sinceNanos = System.nanoTime();
    private final int size;
    private int next;

    /// `size` is a window's, in samples.
    Request(VadState state, float[] audio, int size) {
      this.state = state;
      this.audio = audio;
      this.size = size;
      this.probabilities = new float[audio.length / size];
    }

    VadWindow window() {
      int from = next * size;
      return new VadWindow(state, Arrays.copyOfRange(audio, from, from + size));
    }

    boolean isDone() {
      return next == probabilities.length;
    }

    void refuse() {
      answer.completeExceptionally(new CancellationException("voice activity detection is closed"));
    }
  }

  @Override
  public CompletableFuture<float[]> detect(VadState state, float[] audio) {
    Request request = new Request(state, audio, window());
    if (request.isDone()) {
      request.answer.complete(request.probabilities);
      return request.answer;
    }
    waiting.add(request);
    // Whoever comes while the line closes finds it closed here, or is found by the closing thread.
    if (isClosed && waiting.remove(request)) {
      request.refuse();
    }
    return request.answer;
  }

  @Override
  public int window() {
    return detector.windowSamples();
  }

  @Override
  public Duration waiting() {
    Request first = oldest;
    return first == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - first.sinceNanos);
  }

  private void run() {
    List<Request> batch = new ArrayList<>();
    long began = System.nanoTime() - apart;
    try {
      while (!isClosed) {
        if (batch.isEmpty()) {
          batch.add(waiting.take());
          gather(began);
          began = System.nanoTime();
        }
        waiting.drainTo(batch, WIDEST - batch.size());
        oldest = batch.getFirst();
        round(batch);
        oldest = batch.isEmpty() ? null : batch.getFirst();
      }
    } catch (InterruptedException e) {
      // Closed while nothing was to be done.
    } finally {
      oldest = null;
      waiting.drainTo(batch);
      batch.forEach(Request::refuse);
    }
  }

  /// Waits for others, if the batch before began just now and so many do not wait already.
  private void gather(long began) throws InterruptedException {
    long left = began + apart - System.nanoTime();
    if (left > 0 && waiting.size() < WIDEST - 1) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private void round(List<Request> batch) {
    try {
      float[] probabilities = detector.detect(batch.stream().map(Request::window).toList());
      int row = 0;
      for (Iterator<Request> each = batch.iterator(); each.hasNext(); row++) {
        Request request = each.next();
        request.probabilities[request.next++] = probabilities[row];
        if (request.isDone()) {
          each.remove();
          request.answer.complete(request.probabilities);
        }
      }
    } catch (RuntimeException | LinkageError e) {
      // Nobody may be left waiting, whatever broke.
      batch.forEach(request -> request.answer.completeExceptionally(e));
      batch.clear();
    }
  }

  /// Answers what is being computed, refuses what still waits, and returns once the detector is out
  /// of use.
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      thread.join(LAST_BATCH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
