package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PartitionSessionTest {
  private static final CallId CALL = new CallId("call");

  private final RecordingStage stage = new RecordingStage(Topic.TRANSCRIPTS, Topic.CALLS);
  private final AtomicReference<PartitionSession> known = new AtomicReference<>();
  private final List<Object> answered = new ArrayList<>();

  /// What a socket of the stage does: it answers at once what an inherited call asks of it.
  private void answerAtOnce(Input input) {
    switch (input) {
      case Input.Restored _ -> {
        PartitionSession session = known.get();
        if (session != null) {
          session.external(CALL, "up");
        }
      }
      case Input.External(Object message) -> answered.add(message);
      default -> {}
    }
  }

  @Test
  void whatASocketAnswersAnInheritedCallAtOnceFindsIt() {
    stage.listener = this::answerAtOnce;
    try (EnginePool engines = new EnginePool(1)) {
      PartitionSession session = new PartitionSession(0, taken(), context(engines), _ -> {});
      known.set(session);
      session.begin();

      assertThat(answered).containsExactly("up");
    }
  }

  private static Takeover.Result taken() {
    PlainLogCodec codec = new PlainLogCodec();
    Checkpoint checkpoint =
        new Checkpoint(
            SafePoints.none(),
            SafePoints.none(),
            Set.of(),
            List.of(TestCalls.started(CALL)),
            0,
            new Checkpoint.State(1, AudioBytes.wrap(new byte[] {7})));
    return new Takeover.Result(
        1,
        CommitNote.none(),
        new Fences(),
        Map.of(),
        Map.of(),
        Map.of(CALL, Restoration.from(checkpoint, codec)),
        Set.of(),
        Map.of());
  }

  private StageContext context(EnginePool engines) {
    OwnershipWatch ownership = new OwnershipWatch(Duration.ofSeconds(1), () -> 0, () -> 0);
    return new StageContext(
        stage,
        new PlainLogCodec(),
        new MemoryWriter(),
        ownership,
        new Telemetry(new Meters().telemetry(), stage.name(), "group"),
        Runnable::run,
        new StageContext.Resources(
            new HandClock(),
            engines,
            TestCalls.AGENTS,
            new ByteBudget(1 << 20),
            Duration.ofSeconds(30)));
  }
}
