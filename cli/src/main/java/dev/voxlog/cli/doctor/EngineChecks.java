package dev.voxlog.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The engines, loaded as a start would load them.
public final class EngineChecks {
  private final Map<String, Loading> loadings;

  /// Loads one engine and frees it again; throws if it cannot.
  @FunctionalInterface
  public interface Loading {
    void load() throws Exception;
  }

  public EngineChecks(Map<String, Loading> loadings) {
    this.loadings = loadings;
  }

  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    loadings.forEach((name, loading) -> findings.add(check(name, loading)));
    return findings;
  }

  private static Finding check(String name, Loading loading) {
    long begun = System.nanoTime();
    try {
      loading.load();
      return Finding.ok(
          "engine " + name, "loads in %.1f s".formatted((System.nanoTime() - begun) / 1e9));
    } catch (Exception | LinkageError e) {
      return Finding.bad(
          "engine " + name,
          "does not load: " + e.getMessage(),
          "on Linux install libstdc++6 and libgomp1; musl systems (Alpine) are not supported by ONNX Runtime");
    }
  }
}
