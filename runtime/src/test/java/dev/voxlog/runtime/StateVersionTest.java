package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A worker of another version takes over a live call.
class StateVersionTest {
  private static final CallId CALL = new CallId("call");

  private final RecordingStage recording = new RecordingStage(Topic.TRANSCRIPTS, Topic.CALLS);
  private final LoneCall call = new LoneCall(recording, CALL, TestCalls.AGENTS, new HandClock());

  @BeforeEach
  void begin() {
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 1));
  }

  private List<String> errors() {
    return call.written().stream()
        .filter(CallEvent.Error.class::isInstance)
        .map(event -> ((CallEvent.Error) event).reason())
        .toList();
  }

  private void assertGoesOnWithoutState() {
    assertThat(recording.states).hasSize(2).last().isNull();
    assertThat(errors()).containsExactly("state unreadable");
    assertThat(recording.view().started().agent()).isEqualTo(TestCalls.AGENT.key());
    recording.handled.clear();
    call.give(TestCalls.words(CALL, 2));
    assertThat(recording.handled).containsExactly(TestCalls.words(CALL, 2));
    assertThat(call.isOver()).isFalse();
  }

  @Test
  void aStateOfTheSameVersionIsGivenToTheStep() {
    call.takeOver(null);
    assertThat(recording.states).last().isEqualTo(AudioBytes.wrap(new byte[] {7}));
    assertThat(errors()).isEmpty();
  }

  @Test
  void aCallWhoseStateIsOfAnotherVersionGoesOnWithoutIt() {
    recording.version = 2;
    call.takeOver(null);
    assertGoesOnWithoutState();
  }

  @Test
  void aCallWhoseStateBreaksItsStepGoesOnWithoutIt() {
    recording.isStateBroken = true;
    call.takeOver(null);
    assertGoesOnWithoutState();
  }

  @Test
  void whatAWorkerWroteBeforeStatesHadVersionsIsOfTheFirst() {
    PlainLogCodec codec = new PlainLogCodec();
    Checkpoint checkpoint =
        new Checkpoint(
            SafePoints.none(),
            SafePoints.none(),
            Set.of(),
            List.of(TestCalls.started(CALL)),
            3,
            new Checkpoint.State(5, AudioBytes.wrap(new byte[] {7})));
    ByteBuffer versioned = checkpoint.toBytes(codec).buffer();
    ByteBuffer earlier = ByteBuffer.allocate(versioned.remaining() - Short.BYTES);
    earlier.put((byte) 1).put(versioned.slice(1, earlier.capacity() - 2)).put((byte) 7);
    Checkpoint read = Checkpoint.fromBytes(AudioBytes.wrap(earlier.array()), codec);
    assertThat(read.errors()).isEqualTo(3);
    assertThat(read.state()).isEqualTo(new Checkpoint.State(1, AudioBytes.wrap(new byte[] {7})));
  }

  @Test
  void aCheckpointThatIsBrokenItselfDoesNotKeepItsPartitionFromBeingTakenOver() {
    Restoration restoration = new Restoration(new PlainLogCodec(), true);
    restoration.found(
        Bookkeeping.checkpoint(
            recording, CALL, TestCalls.AT, AudioBytes.wrap(new byte[] {2, 3, 0})),
        1,
        null);
    restoration.found(TestCalls.words(CALL, 2), 2, null);
    assertThat(restoration.seal().own()).containsExactly(TestCalls.words(CALL, 2));
  }
}
