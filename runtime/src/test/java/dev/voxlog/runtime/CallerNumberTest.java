package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A checkpoint lies in the stage's own topic, and a number in clear only in `calls`.
class CallerNumberTest {
  private static final CallId CALL = new CallId("call");

  private static CallEvent.Started started() {
    CallEvent.Started plain = TestCalls.started(CALL);
    return new CallEvent.Started(
        CALL,
        plain.at(),
        plain.carrier(),
        plain.carrierCallId(),
        plain.direction(),
        "+15550111",
        "+15550222",
        plain.agent(),
        Map.of("customer", "+15550333"));
  }

  @ParameterizedTest(name = "it says so: {0}")
  @ValueSource(booleans = {true, false})
  void aCheckpointHoldsTheCallersNumberOnlyForAStageThatSaysItNeedsIt(boolean isNeeded) {
    RecordingStage recording = new RecordingStage(Topic.CALLS);
    recording.isNumberNeeded = isNeeded;
    LoneCall call = new LoneCall(recording, CALL, TestCalls.AGENTS, new HandClock());
    call.give(started());
    call.takeOver(null);
    CallEvent.Started known = recording.view().started();
    assertThat(known.from()).isEqualTo(isNeeded ? "+15550111" : null);
    assertThat(known.to()).isNull();
    assertThat(known.parameters()).isEmpty();
    assertThat(known.agent()).isEqualTo(TestCalls.AGENT.key());
  }
}
