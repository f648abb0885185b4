package dev.voxlog.runtime.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many wrong tokens came from each address in the last minute. The addresses that are
/// remembered are bounded, the one that was quiet longest goes first. Safe from any thread.
final class WrongTokens {
  static final int PER_MINUTE = 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 10_000;

  private final InstantSource clock;
  private final Map<String, Minute> minutes = new LinkedHashMap<>(64, 0.75f, true);

  enum Ruling {
    WRONG,
    TOO_MANY
  }

  private record Minute(Instant begun, int wrong) {}

  WrongTokens(InstantSource clock) {
    this.clock = clock;
  }

  /// One more has come.
  synchronized Ruling come(@Nullable String address) {
    Instant now = clock.instant();
    Minute minute =
        minutes.merge(
            String.valueOf(address),
            new Minute(now, 1),
            (before, first) ->
                now.isBefore(before.begun().plus(MINUTE))
                    ? new Minute(before.begun(), Math.min(before.wrong() + 1, PER_MINUTE + 1))
                    : first);
    if (minutes.size() > MOST_ADDRESSES) {
      minutes.remove(minutes.keySet().iterator().next());
    }
    return minute.wrong() > PER_MINUTE ? Ruling.TOO_MANY : Ruling.WRONG;
  }

  synchronized int addresses() {
    return minutes.size();
  }
}
