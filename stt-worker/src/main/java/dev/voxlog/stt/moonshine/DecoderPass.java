package dev.voxlog.stt.moonshine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One stretch of audio on its way through the model: features, caches, and the logits of each next
/// token. For one thread.
final class DecoderPass implements AutoCloseable {
  private static final String PAST = "past_key_values";
  private static final String PRESENT = "present";

  private final MoonshineModel model;
  private final OrtSession.Result encoded;
  private final OnnxTensor features;
  private final Map<String, OnnxTensor> caches = new HashMap<>();
  private final List<AutoCloseable> held = new ArrayList<>();
  private OrtSession.@Nullable Result latest;

  DecoderPass(MoonshineModel model, float[] audio) throws OrtException {
    this.model = model;
    encoded = model.encode(audio);
    features = (OnnxTensor) encoded.get(0);
  }

  /// Runs the start token and a draft; gives the logits after each of them.
  float[][] first(List<Integer> draft) throws OrtException {
    long[] tokens = new long[1 + draft.size()];
    tokens[0] = Vocabulary.START;
    for (int i = 0; i < draft.size(); i++) {
      tokens[i + 1] = draft.get(i);
    }
    OrtSession.Result result = model.first(features, tokens);
    // Holds the cross-attention caches, which all later steps read.
    held.add(result);
    model.crossAttention().forEach(name -> caches.put(PAST + name, tensor(result, PRESENT + name)));
    model.selfAttention().forEach(name -> caches.put(PAST + name, tensor(result, PRESENT + name)));
    return logits(result, tokens.length);
  }

  /// Forgets all but the first `length` tokens, start token included.
  void keep(int length) throws OrtException {
    for (String name : model.selfAttention()) {
      OnnxTensor cache = caches.get(PAST + name);
      int present = cache == null ? 0 : (int) cache.getInfo().getShape()[2];
      if (cache != null && present > length) {
        OnnxTensor shorter = model.cache(cut(cache.getFloatBuffer(), present, length), 1, length);
        held.add(shorter);
        caches.put(PAST + name, shorter);
      }
    }
  }

  private static FloatBuffer cut(FloatBuffer cache, int present, int length) {
    FloatBuffer shorter =
        FloatBuffer.allocate(MoonshineModel.HEADS * length * MoonshineModel.HEAD_SIZE);
    for (int head = 0; head < MoonshineModel.HEADS; head++) {
      shorter.put(
          cache.slice(
              head * present * MoonshineModel.HEAD_SIZE, length * MoonshineModel.HEAD_SIZE));
    }
    return shorter.flip();
  }

  /// Runs one more token; gives the logits after it.
  float[] next(int token) throws OrtException {
    OrtSession.Result result = model.next(features, caches, token);
    for (String name : model.selfAttention()) {
      caches.put(PAST + name, tensor(result, PRESENT + name));
    }
    closeLatest();
    latest = result;
    return logits(result, 1)[0];
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private static float[][] logits(OrtSession.Result result, int rows) {
    FloatBuffer buffer = tensor(result, "logits").getFloatBuffer();
    float[][] logits = new float[rows][buffer.remaining() / rows];
    for (float[] row : logits) {
      buffer.get(row);
    }
    return logits;
  }

  private void closeLatest() {
    if (latest != null) {
      latest.close();
    }
  }

  @Override
  public void close() {
    closeLatest();
    for (AutoCloseable each : held) {
      closeQuietly(each);
    }
    encoded.close();
  }

  private static void closeQuietly(AutoCloseable memory) {
    try {
      memory.close();
    } catch (Exception e) {
      throw new IllegalStateException("native memory was not freed", e);
    }
  }
}
