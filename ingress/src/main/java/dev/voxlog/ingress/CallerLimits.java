package dev.voxlog.ingress;

import dev.voxlog.runtime.gate.ConnectionLimits;
import java.util.List;

/// What one caller may have open at once at a node: `calls` by a number or a client's address; and
/// the `connections` to the callers' port.
public record CallerLimits(int calls, ConnectionLimits connections) {
  public static final CallerLimits USUAL =
      new CallerLimits(20, new ConnectionLimits("ingress", 4_096, 256, List.of()));

  public CallerLimits {
    if (calls < 1) {
      throw new IllegalArgumentException(
          "ingress.limits.callsPerCaller is " + calls + "; write 1 or more");
    }
  }

  public CallerLimits with(ConnectionLimits other) {
    return new CallerLimits(calls, other);
  }
}
