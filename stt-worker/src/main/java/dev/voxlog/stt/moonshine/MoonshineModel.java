package dev.voxlog.stt.moonshine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.voxlog.stt.onnx.OnnxSessions;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Encoder and merged decoder of Moonshine Tiny, shared by all threads, and the names of their many
/// inputs and outputs.
final class MoonshineModel implements AutoCloseable {
  static final int HEADS = 8;
  static final int HEAD_SIZE = 36;

  /// With fewer samples the encoder's convolutions have nothing left to give.
  static final int LEAST_SAMPLES = 895;

  private static final int LAYERS = 6;

  private final OrtEnvironment environment = OnnxSessions.environment();
  private final OrtSession encoder;
  private final OrtSession decoder;
  private final List<String> selfAttention = cacheNames("decoder");
  private final List<String> crossAttention = cacheNames("encoder");
  private final Map<String, OnnxTensor> emptyCache = new HashMap<>();
  private final Set<String> stepOutputs = new HashSet<>(Set.of("logits"));
  private final OnnxTensor firstStep;
  private final OnnxTensor laterStep;

  MoonshineModel(Path encoderFile, Path decoderFile) throws OrtException {
    encoder = OnnxSessions.open(encoderFile);
    decoder = OnnxSessions.open(decoderFile);
    firstStep = OnnxTensor.createTensor(environment, new boolean[] {false});
    laterStep = OnnxTensor.createTensor(environment, new boolean[] {true});
    for (String cache : selfAttention) {
      stepOutputs.add("present" + cache);
    }
    for (List<String> caches : List.of(selfAttention, crossAttention)) {
      for (String cache : caches) {
        emptyCache.put("past_key_values" + cache, cache(FloatBuffer.allocate(0), 0, 1));
      }
    }
  }

  private static List<String> cacheNames(String attention) {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      names.add("." + layer + "." + attention + ".key");
      names.add("." + layer + "." + attention + ".value");
    }
    return List.copyOf(names);
  }

  /// Runs the encoder; the caller closes the result, whose one output is a row of features for
  /// about every 24 ms.
  OrtSession.Result encode(float[] audio) throws OrtException {
    long[] shape = {1, audio.length};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(audio), shape)) {
      return encoder.run(Map.of("input_values", input));
    }
  }

  /// The decoder's first run, over the start token and any draft: its result holds all caches.
  OrtSession.Result first(OnnxTensor features, long[] tokens) throws OrtException {
    try (OnnxTensor ids = ids(tokens)) {
      Map<String, OnnxTensor> feeds = new HashMap<>(emptyCache);
      feeds.put("input_ids", ids);
      feeds.put("encoder_hidden_states", features);
      feeds.put("use_cache_branch", firstStep);
      return decoder.run(feeds);
    }
  }

  /// A later run, over one token: its result holds only what changes, the self-attention caches.
  OrtSession.Result next(OnnxTensor features, Map<String, OnnxTensor> caches, long token)
      throws OrtException {
    try (OnnxTensor ids = ids(new long[] {token})) {
      Map<String, OnnxTensor> feeds = new HashMap<>(caches);
      feeds.put("input_ids", ids);
      feeds.put("encoder_hidden_states", features);
      feeds.put("use_cache_branch", laterStep);
      return decoder.run(feeds, stepOutputs);
    }
  }

  private OnnxTensor ids(long[] tokens) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(tokens), new long[] {1, tokens.length});
  }

  OnnxTensor cache(FloatBuffer values, int batch, int length) throws OrtException {
    return OnnxTensor.createTensor(
        environment, values, new long[] {batch, HEADS, length, HEAD_SIZE});
  }

  /// Names of the caches that grow with the text, without their prefix.
  List<String> selfAttention() {
    return selfAttention;
  }

  /// Names of the caches that hold the audio, without their prefix.
  List<String> crossAttention() {
    return crossAttention;
  }

  @Override
  public void close() throws OrtException {
    emptyCache.values().forEach(OnnxTensor::close);
    firstStep.close();
    laterStep.close();
    encoder.close();
    decoder.close();
  }
}
