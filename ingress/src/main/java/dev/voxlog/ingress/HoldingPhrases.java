package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import java.time.Duration;
import java.util.Map;

/// What callers hear when the log has been silent for `after`: by the key of the agent that
/// answers, name@hash, in the carriers' codec (8 kHz µ-law).
public record HoldingPhrases(Duration after, Map<String, AudioBytes> byAgent) {
  public HoldingPhrases {
    byAgent = Map.copyOf(byAgent);
    if (!after.isPositive()) {
      throw new IllegalArgumentException(
          "ingress.holdAfter is " + after + "; callers are held after some time, such as 5s");
    }
  }
}
