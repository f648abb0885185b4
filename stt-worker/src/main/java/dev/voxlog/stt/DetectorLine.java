package dev.voxlog.stt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// The thread that detects voice for all calls, windows of different calls in one batch.
///
/// Each call has at most one request out; its windows run one after the other since each needs the state the last one left,
/// while the requests that wait at the same time share a batch.
final class DetectorLine implements AutoCloseable {
  private static final int WIDEST = 32;

  private final VoiceActivityDetector detector;
  private final LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("vad").unstarted(this::run);

  DetectorLine(VoiceActivityDetector detector) {
    this.detector = detector;
    thread.start();
  }

  /// A call's windows, in order, and how far they are.
  private static final class Request {
    private final VadState state;
    private final float[] audio;
    private final float[] probabilities;
    private final CompletableFuture<float[]> answer = new CompletableFuture<>();
    private int next;

    Request(VadState state, float[] audio) {
      this.state = state;
      this.audio = audio;
      this.probabilities = new float[audio.length / SpeechGate.WINDOW];
    }

    VadWindow window() {
      int from = next * SpeechGate.WINDOW;
      return new VadWindow(state, Arrays.copyOfRange(audio, from, from + SpeechGate.WINDOW));
    }

    boolean isDone() {
      return next == probabilities.length;
    }
  }

  /// The speech probability of each whole window of `audio` (8 kHz). `state` belongs to this request until it is answered.
  CompletableFuture<float[]> detect(VadState state, float[] audio) {
    Request request = new Request(state, audio);
    waiting.add(request);
    return request.answer;
  }

  private void run() {
    List<Request> batch = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (batch.isEmpty()) {
          batch.add(waiting.take());
        }
      } catch (InterruptedException e) {
        return;
      }
      waiting.drainTo(batch, WIDEST - batch.size());
      round(batch);
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
          request.answer.complete(request.probabilities);
          each.remove();
        }
      }
    } catch (RuntimeException e) {
      batch.forEach(request -> request.answer.completeExceptionally(e));
      batch.clear();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
