package dev.voxlog.testkit.twilio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What scripts wait for, looked at once a step. Confined to one event loop.
final class Waits {
  private static final short AUDIBLE = 184; // -45 dBFS

  private final List<Wait> waits = new ArrayList<>();
  private int silentMs;
  private int speakingMs;
  private int audibleMs;
  private boolean hasAnswered;

  private record Wait(BooleanSupplier isMet, CompletableFuture<@Nullable Void> met) {}

  void add(BooleanSupplier isMet, CompletableFuture<@Nullable Void> met) {
    waits.add(new Wait(isMet, met));
  }

  /// The caller has just spoken: an answer is what comes from here on.
  void callerSpoke() {
    hasAnswered = false;
    audibleMs = 0;
  }

  void heard(short[] frame, boolean isAgent) {
    if (isAgent && peak(frame) >= AUDIBLE) {
      speakingMs += 20;
      audibleMs += 20;
      silentMs = 0;
      hasAnswered = true;
    } else {
      silentMs += 20;
      speakingMs = silentMs > 200 ? 0 : speakingMs;
    }
    for (Wait wait : List.copyOf(waits)) {
      if (wait.isMet().getAsBoolean()) {
        waits.remove(wait);
        wait.met().complete(null);
      }
    }
  }

  private static int peak(short[] frame) {
    int peak = 0;
    for (short sample : frame) {
      peak = Math.max(peak, Math.abs((int) sample));
    }
    return peak;
  }

  int silentMs() {
    return silentMs;
  }

  /// Since the agent began, dips under 200 ms included.
  int speakingMs() {
    return speakingMs;
  }

  /// Since the caller last spoke, or since the call began.
  int audibleMs() {
    return audibleMs;
  }

  boolean hasAnswered() {
    return hasAnswered;
  }

  void giveUp(Throwable why) {
    waits.forEach(wait -> wait.met().completeExceptionally(why));
    waits.clear();
  }
}
