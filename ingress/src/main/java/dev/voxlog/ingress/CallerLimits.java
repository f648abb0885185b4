package dev.voxlog.ingress;

import dev.voxlog.ingress.realtime.ClientReader;
import dev.voxlog.runtime.gate.ConnectionLimits;
import java.util.List;

/// What one caller may have and do at a node: `calls` open at once, by a number or a client's
/// address; characters typed a minute in all of them together; and the `connections` to the
/// callers' port.
public record CallerLimits(int calls, int charactersPerMinute, ConnectionLimits connections) {
  public static final CallerLimits USUAL =
      new CallerLimits(20, 6_000, new ConnectionLimits("ingress", 4_096, 256, List.of()));

  public CallerLimits {
    if (calls < 1) {
      throw new IllegalArgumentException(
          "ingress.limits.callsPerCaller is " + calls + "; write 1 or more");
    }
    if (charactersPerMinute < ClientReader.LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "ingress.limits.charactersPerMinutePerCaller is %d; a text may have %d, so write that or more"
              .formatted(charactersPerMinute, ClientReader.LONGEST_TEXT));
    }
  }

  public CallerLimits with(ConnectionLimits other) {
    return new CallerLimits(calls, charactersPerMinute, other);
  }
}
