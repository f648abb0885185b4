package dev.voxlog.stt.silero;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.voxlog.stt.EngineException;
import dev.voxlog.stt.VadState;
import dev.voxlog.stt.VadWindow;
import dev.voxlog.stt.VoiceActivityDetector;
import dev.voxlog.stt.onnx.OnnxSessions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Silero VAD v6 at 8 kHz (https://github.com/snakers4/silero-vad), windows of different calls in
/// one batch.
///
/// Each window is heard with the last 32 samples of the one before: without them the network hears
/// no speech at all. docs/benchmarks.md has what a row costs by the rows of a run.
public final class SileroDetector implements VoiceActivityDetector, AutoCloseable {
  static final int WIDEST_BATCH = 64;

  private static final int ROW = VadState.CONTEXT + WINDOW_SAMPLES;
  private static final int LAYERS = 2;
  private static final int LAYER = VadState.MEMORY / LAYERS;

  private final OrtEnvironment environment = OnnxSessions.environment();
  private final OrtSession session;
  private final OnnxTensor sampleRate;
  private final FloatBuffer audio = direct(WIDEST_BATCH * ROW);
  private final FloatBuffer memory = direct(WIDEST_BATCH * VadState.MEMORY);
  private boolean isClosed;

  /// Loads `silero_vad_v6.onnx`.
  ///
  /// @throws EngineException if it cannot be loaded
  public SileroDetector(Path model) {
    session = OnnxSessions.open(model);
    try {
      sampleRate = OnnxTensor.createTensor(environment, (long) SAMPLE_RATE);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public synchronized float[] detect(List<VadWindow> windows) {
    if (isClosed) {
      throw new EngineException("the detector is closed");
    }
    float[] probabilities = new float[windows.size()];
    for (int from = 0; from < windows.size(); from += WIDEST_BATCH) {
      run(
          windows.subList(from, Math.min(windows.size(), from + WIDEST_BATCH)),
          probabilities,
          from);
    }
    return probabilities;
  }

  private void run(List<VadWindow> rows, float[] probabilities, int from) {
    fill(rows);
    int count = rows.size();
    long[] audioShape = {count, ROW};
    long[] memoryShape = {LAYERS, count, LAYER};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, audio, audioShape);
        OnnxTensor state = OnnxTensor.createTensor(environment, memory, memoryShape);
        OrtSession.Result result =
            session.run(Map.of("input", input, "state", state, "sr", sampleRate))) {
      floats(result, "output").get(probabilities, from, count);
      keep(rows, floats(result, "stateN"));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /// Audio row by row; memory layer by layer, each with all rows.
  private void fill(List<VadWindow> rows) {
    audio.clear();
    memory.clear();
    for (VadWindow row : rows) {
      if (row.samples().length != WINDOW_SAMPLES) {
        throw new IllegalArgumentException(
            "a window has %d samples, not %d".formatted(WINDOW_SAMPLES, row.samples().length));
      }
      audio.put(row.state().context()).put(row.samples());
    }
    for (int layer = 0; layer < LAYERS; layer++) {
      for (VadWindow row : rows) {
        memory.put(row.state().memory(), layer * LAYER, LAYER);
      }
    }
    audio.flip();
    memory.flip();
  }

  private static void keep(List<VadWindow> rows, FloatBuffer next) {
    for (int layer = 0; layer < LAYERS; layer++) {
      for (VadWindow row : rows) {
        next.get(row.state().memory(), layer * LAYER, LAYER);
      }
    }
    for (VadWindow row : rows) {
      System.arraycopy(
          row.samples(),
          WINDOW_SAMPLES - VadState.CONTEXT,
          row.state().context(),
          0,
          VadState.CONTEXT);
    }
  }

  private static FloatBuffer floats(OrtSession.Result result, String name) {
    return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
  }

  private static EngineException failed(OrtException cause) {
    return new EngineException(
        "voice activity detection failed: "
            + cause.getMessage()
            + "; check that the model is Silero VAD v6",
        cause);
  }

  /// Waits for a batch that is running.
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      sampleRate.close();
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
