package dev.voxlog.llm;

import dev.voxlog.llm.dialogue.Conversation.Scope;
import java.time.Duration;

/// How the dialogue stage behaves where the agent file has no word on it.
///
/// Values heard with less than `confirmBelow` confidence are read back where the slot says so;
/// `keysEndAfter` without a further key ends what is typed; a tool call waits at most
/// `ownershipWait` for the partition's ownership to be confirmed; after `replayWait` a takeover no
/// longer waits for inputs its predecessor had; words of which nothing can be made are answered
/// when the caller has not gone on for `goOnWithin`. Where there is a language model, it is asked
/// what is in `scope`, and the wait for its first sentence is bridged after `fillerAfter`.
public record LlmConfig(
    double confirmBelow,
    Duration keysEndAfter,
    Duration ownershipWait,
    Duration replayWait,
    Duration connectTimeout,
    Duration goOnWithin,
    Scope scope,
    Duration fillerAfter) {
  public static final LlmConfig DEFAULT =
      new LlmConfig(
          0.5,
          Duration.ofSeconds(4),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofMillis(700),
          Scope.OPEN,
          Duration.ofMillis(1_500));

  public LlmConfig {
    if (confirmBelow < 0 || confirmBelow > 1) {
      throw new IllegalArgumentException(
          "llm.confirmBelow = " + confirmBelow + " must be from 0 to 1");
    }
    positive("keysEndAfter", keysEndAfter);
    positive("ownershipWait", ownershipWait);
    positive("replayWait", replayWait);
    positive("connectTimeout", connectTimeout);
    positive("goOnWithin", goOnWithin);
    positive("fillerAfter", fillerAfter);
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "llm." + key + " = " + value + " must be longer than nothing");
    }
  }
}
