package dev.voxlog.egress;

import dev.voxlog.agent.Silence;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notices that neither side says anything. What is done about it is the dialogue's affair. A
/// program that asks for each answer may be silent for as long as it likes.
final class SilenceWatch {
  static final String TIMER = "silence";

  private final CallView call;
  private final Effects effects;
  private int told;
  private @Nullable Instant since;

  /// `told` silences have been told since the caller last spoke.
  SilenceWatch(CallView call, Effects effects, int told) {
    this.call = call;
    this.effects = effects;
    this.told = told;
  }

  int told() {
    return told;
  }

  /// A predecessor has told of this one.
  void note(CallEvent.Silence before) {
    told = before.n();
  }

  /// The line is quiet, or it is not.
  void quiet(boolean isQuiet) {
    if (!isQuiet || call.started().settings().turnDetection().isAnsweredOnRequest()) {
      since = null;
      effects.cancelTimer(TIMER);
    } else if (since == null) {
      since = effects.now();
      watch();
    }
  }

  /// The caller has said something.
  void callerSpoke() {
    told = 0;
    quiet(false);
  }

  private void watch() {
    Silence policy = call.agent().agent().silence();
    effects.timer(
        TIMER, told < policy.reprompts() ? policy.repromptAfter() : policy.goodbyeAfter());
  }

  /// It has been quiet for as long as the agent file bears.
  void due(int turn) {
    Instant begun = since;
    if (begun != null) {
      Instant now = effects.now();
      long silentMs = Duration.between(begun, now).toMillis();
      effects.emit(new CallEvent.Silence(call.id(), now, turn, ++told, silentMs));
      watch();
    }
  }
}
