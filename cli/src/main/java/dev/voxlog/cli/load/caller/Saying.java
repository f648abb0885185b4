package dev.voxlog.cli.load.caller;

import java.util.List;

/// What a caller says in one cycle: its lines, and the frames from the cycle's beginning, after
/// which all is silence.
public record Saying(List<Talk.Line> lines, List<byte[]> frames, List<byte[]> silence) {
  public Saying {
    lines = List.copyOf(lines);
    frames = List.copyOf(frames);
    silence = List.copyOf(silence);
  }

  /// What is sent in a frame of the cycle; not to be written.
  byte[] payload(int place) {
    return place < frames.size() ? frames.get(place) : pause(place);
  }

  /// The same while nothing is said.
  byte[] pause(int place) {
    return silence.get(place % silence.size());
  }
}
