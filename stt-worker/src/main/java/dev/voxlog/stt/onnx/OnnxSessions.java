package dev.voxlog.stt.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.voxlog.stt.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens models so that each run computes on the thread that asked for it: the process's engine
/// pool decides how many run at once.
public final class OnnxSessions {
  private OnnxSessions() {}

  /// The process's one environment; it reports nothing to anyone.
  public static OrtEnvironment environment() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new EngineException(
          "ONNX Runtime does not start: "
              + e.getMessage()
              + "; it needs a 64-bit x86 or ARM machine",
          e);
    }
    return environment;
  }

  /// @throws EngineException if the file is missing or no model
  public static OrtSession open(Path model) {
    if (!Files.isRegularFile(model)) {
      throw new EngineException(
          "model file " + model + " is missing; let `voxlog doctor` say how to get it");
    }
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      // Otherwise quantised tables are expanded anew at each run: 2.4 ms more for every token of
      // the recogniser.
      options.addConfigEntry("session.disable_quant_qdq", "1");
      return environment().createSession(model.toString(), options);
    } catch (OrtException e) {
      throw new EngineException(
          "model file "
              + model
              + " cannot be loaded: "
              + e.getMessage()
              + "; delete it and fetch it again",
          e);
    }
  }
}
