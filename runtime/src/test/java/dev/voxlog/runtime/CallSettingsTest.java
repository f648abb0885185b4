package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TurnDetection;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a call's program has set holds after a takeover; its words stand in `calls` alone, but for
/// the stage that needs them.
class CallSettingsTest {
  private static final CallId CALL = new CallId("call");
  private static final CallSettings SET =
      new CallSettings("Be brief.", "21", new TurnDetection(0.7, 100L, 500L, 600L, true));

  @ParameterizedTest(name = "it needs the instructions: {0}")
  @ValueSource(booleans = {true, false})
  void whoTakesACallOverKnowsWhatItsProgramHasSet(boolean areNeeded) {
    RecordingStage recording = new RecordingStage(Topic.CALLS);
    recording.areInstructionsNeeded = areNeeded;
    LoneCall call = new LoneCall(recording, CALL, TestCalls.AGENTS, new HandClock());
    CallEvent.Started plain = TestCalls.started(CALL);
    call.give(
        new CallEvent.Started(
            CALL,
            plain.at(),
            "realtime",
            "s1",
            plain.direction(),
            null,
            null,
            plain.agent(),
            Map.of(),
            SET));
    assertThat(recording.view().started().settings()).isEqualTo(SET);
    call.takeOver(null);

    assertThat(recording.view().started().settings())
        .isEqualTo(areNeeded ? SET : SET.withoutInstructions());
  }
}
