package dev.voxlog.models;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Turns sentences into unit-length vectors with bge-small-en-v1.5 (int8), whose weights are a jar
/// on the class path.
///
/// Thread-safe; each call computes on the calling thread alone, so the caller's pool bounds the
/// CPU. Cosine similarity is the dot product. Load takes about a second.
public final class SentenceEmbedder implements AutoCloseable {
  /// What files and metrics call the model.
  public static final String NAME = "bge-small-en-v1.5-q";

  /// Length of every vector.
  public static final int DIMENSION = 384;

  /// What bge expects before a question when the passages searched have none; from its model card.
  private static final String QUERY_PREFIX =
      "Represent this sentence for searching relevant passages: ";

  private static final String MODEL = NAME + ".onnx";
  private static final String TOKENIZER = NAME + "-tokenizer.json";

  private final OrtSession session;
  private final BgeSmall model;

  private SentenceEmbedder(OrtSession session, BgeSmall model) {
    this.session = session;
    this.model = model;
  }

  /// Loads the model; native tokenizer code is unpacked once under `cacheDirectory`.
  public static SentenceEmbedder load(Path cacheDirectory) {
    keepNativeCodeIn(cacheDirectory);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        InputStream tokenizer = resource(TOKENIZER)) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session;
      try (InputStream weights = resource(MODEL)) {
        session = environment.createSession(weights.readAllBytes(), options);
      }
      OnnxBertBiEncoder encoder =
          new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.CLS);
      return new SentenceEmbedder(session, new BgeSmall(encoder));
    } catch (OrtException | IOException failed) {
      throw new ModelUnavailableException(
          "the sentence embedding model did not load: " + failed.getMessage(), failed);
    }
  }

  /// Loads the model with native code kept beside the weights of the default store.
  public static SentenceEmbedder load() {
    return load(ModelSettings.fromEnvironment().directory());
  }

  /// The vector of a sentence or passage; blank text gives the zero vector.
  public float[] embed(String text) {
    return text.isBlank() ? new float[DIMENSION] : model.embed(text).content().vector();
  }

  /// The vector of a question that is to find passages.
  public float[] embedQuery(String question) {
    return embed(question.isBlank() ? question : QUERY_PREFIX + question);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException failed) {
      throw new IllegalStateException("the embedding session did not close", failed);
    }
  }

  /// The tokenizer library reads these once; it also reports its use to its maker unless told not
  /// to.
  private static void keepNativeCodeIn(Path directory) {
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (System.getProperty("DJL_CACHE_DIR") == null && System.getenv("DJL_CACHE_DIR") == null) {
      System.setProperty("DJL_CACHE_DIR", directory.resolve("native").toString());
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = SentenceEmbedder.class.getClassLoader().getResourceAsStream(name);
    if (found == null) {
      throw new IOException(name + " is not on the class path");
    }
    return found;
  }

  /// The library's model around a session of ours, computing on the caller's thread.
  private static final class BgeSmall extends AbstractInProcessEmbeddingModel {
    private final OnnxBertBiEncoder encoder;

    BgeSmall(OnnxBertBiEncoder encoder) {
      super(Runnable::run);
      this.encoder = encoder;
    }

    @Override
    protected OnnxBertBiEncoder model() {
      return encoder;
    }

    @Override
    protected Integer knownDimension() {
      return DIMENSION;
    }
  }
}
