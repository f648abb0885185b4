package dev.voxlog.tts.piper;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Progress;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.VoiceException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// One loaded Piper model that every speaker and call shares.
///
/// Thread-safe: one session, each call computing on its own thread. Memory grows with calls at a
/// time, so the caller's pool bounds them. VITS, Kim, Kong & Son 2021.
public final class PiperModel implements AutoCloseable {
  /// Samples a second of the published voice.
  static final int SAMPLE_RATE = 22_050;

  /// Speakers of `libritts_r`.
  static final int SPEAKERS = 904;

  private static final int WARM_UP_RUNS = 2;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final PiperSymbols symbols;

  /// Shared by running syntheses, so that the session is not closed under them.
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private boolean isClosed;

  private PiperModel(OrtSession session, PiperSymbols symbols) {
    this.session = session;
    this.symbols = symbols;
  }

  /// Fetches the weights if needed, loads them and speaks a little, so that the first caller does
  /// not wait for what only first runs do.
  public static PiperModel load(ModelStore store, Progress progress) {
    Path weights = store.get(Models.PIPER_LIBRITTS_R, progress);
    Path tokens = store.get(Models.PIPER_TOKENS, progress);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      OrtSession session =
          OrtEnvironment.getEnvironment().createSession(weights.toString(), options);
      PiperModel model = new PiperModel(session, PiperSymbols.load(tokens));
      model.warmUp();
      return model;
    } catch (OrtException | IOException failed) {
      throw new VoiceException("the Piper voice did not load: " + failed.getMessage(), failed);
    }
  }

  private void warmUp() {
    for (int run = 0; run < WARM_UP_RUNS; run++) {
      synthesize("wʌn mˈoʊmənt, plˈiːz.", PiperSettings.DEFAULT, new StopSignal());
    }
  }

  /// The samples for a stretch of IPA; empty if stopped meanwhile.
  float[] synthesize(String ipa, PiperSettings settings, StopSignal stop) {
    use.readLock().lock();
    try {
      if (isClosed) {
        throw new VoiceException("the Piper voice has been closed");
      }
      return compute(symbols.encode(ipa), settings, stop);
    } finally {
      use.readLock().unlock();
    }
  }

  private float[] compute(long[] ids, PiperSettings settings, StopSignal stop) {
    float[] scales = {settings.noise(), (float) settings.lengthScale(), settings.durationNoise()};
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), new long[] {1, ids.length});
        OnnxTensor lengths = longs(ids.length);
        OnnxTensor scale =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(scales), new long[] {3});
        OnnxTensor speaker = longs(settings.speaker());
        OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      Map<String, OnnxTensor> feeds =
          Map.of("input", input, "input_lengths", lengths, "scales", scale, "sid", speaker);
      return run(feeds, options, stop);
    } catch (OrtException failed) {
      if (stop.isStopped()) {
        return new float[0];
      }
      throw new VoiceException("the Piper voice failed: " + failed.getMessage(), failed);
    }
  }

  private float[] run(Map<String, OnnxTensor> feeds, OrtSession.RunOptions options, StopSignal stop)
      throws OrtException {
    try (StopSignal.Registration _ = stop.whenStopped(() -> terminate(options));
        OrtSession.Result result = session.run(feeds, Set.of("output"), options)) {
      FloatBuffer samples = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] audio = new float[samples.remaining()];
      samples.get(audio);
      return audio;
    }
  }

  private static void terminate(OrtSession.RunOptions options) {
    try {
      options.setTerminate(true);
    } catch (OrtException | IllegalStateException finished) {
      return;
    }
  }

  private OnnxTensor longs(long value) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(new long[] {value}), new long[] {1});
  }

  /// Waits for what is being synthesised.
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!isClosed) {
        isClosed = true;
        session.close();
      }
    } catch (OrtException failed) {
      throw new VoiceException("the Piper session did not close", failed);
    } finally {
      use.writeLock().unlock();
    }
  }
}
