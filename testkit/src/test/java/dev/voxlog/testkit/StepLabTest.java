package dev.voxlog.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepLabTest {
  private static final CallId CALL = new CallId("call");
  private static final AgentBundle AGENT =
      AgentBundle.of(
          AgentFile.parse(
              """
              name: asker
              greeting:
                hello: Hello.
                disclosure: I'm a machine.
              voice: {engine: scripted}
              intents:
                - name: status
                  action: transfer
                  examples: [where is it, has it shipped]
              transfer:
                number: "+15550100"
              """,
              "asker.yaml"),
          List.of());

  private final List<Input> given = new ArrayList<>();
  private final StepLab lab =
      new StepLab(
          new Asker(),
          new CallEvent.Started(
              CALL, Instant.EPOCH, "test", "call", "inbound", null, null, AGENT.key(), Map.of()),
          AGENT);

  @Test
  void anEngineThatHangsHasFailedWhenTheVirtualClockSaysSo() {
    lab.external("think");
    lab.advance(Effects.PATIENCE.minusMillis(1));
    assertThat(lab.asked()).containsExactly("engine");
    lab.advance(Duration.ofMillis(1));
    assertThat(given).last().isInstanceOf(Input.Failed.class);
    assertThat(lab.work().asked()).isEmpty();
    assertThat(given).as("a late answer is dropped").hasSize(3);
  }

  @Test
  void anEngineThatAnswersIsNotGivenUpLater() {
    lab.external("think").work().advance(Duration.ofMinutes(5));
    assertThat(given).last().isEqualTo(new Input.Answered("engine", "thought"));
  }

  /// Asks an engine whenever something comes from outside.
  private final class Asker implements Stage {
    @Override
    public StageName name() {
      return StageName.NLU;
    }

    @Override
    public Set<Topic> inputs() {
      return Set.of(Topic.CALLS);
    }

    @Override
    public Set<Topic> outputs() {
      return Set.of(Topic.INTENTS, Topic.CALLS);
    }

    @Override
    public Topic checkpointTopic() {
      return Topic.INTENTS;
    }

    @Override
    public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
      return new CallStep() {
        @Override
        public void on(Input input) {
          given.add(input);
          if (input instanceof Input.External) {
            effects.ask("engine", Effects.Urgency.NORMAL, _ -> "thought");
          }
        }

        @Override
        public boolean atRest() {
          return true;
        }

        @Override
        public AudioBytes state() {
          return AudioBytes.EMPTY;
        }
      };
    }
  }
}
