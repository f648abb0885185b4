package dev.voxlog.agent;

import java.util.Map;

/// How the agent sounds. `speaker` is the engine's own id; `pace` 1 is the engine's phone pace, 1.2
/// a fifth quicker; `pronunciations` maps a written word (any case) to how it is said, in plain
/// spelling.
public record Voice(
    Engine engine, String speaker, double pace, Map<String, String> pronunciations) {
  /// The speech engines an agent may choose.
  public enum Engine {
    PIPER,
    MARY,
    SCRIPTED
  }

  public static final Voice DEFAULT = new Voice(Engine.PIPER, "", 1.0, Map.of());

  public Voice {
    pronunciations = Map.copyOf(pronunciations);
    new Rules()
        .that(
            pace >= 0.5 && pace <= 2.0,
            "pace",
            pace,
            "must be from 0.5 to 2",
            "write pace: 1.0 for the usual pace")
        .enforce();
  }

  /// The same with another speaker.
  public Voice with(String other) {
    return new Voice(engine, other, pace, pronunciations);
  }
}
