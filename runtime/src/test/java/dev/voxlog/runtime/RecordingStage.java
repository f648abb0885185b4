package dev.voxlog.runtime;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A stage whose step does nothing but remember.
final class RecordingStage implements Stage {
  private final Set<Topic> inputs;
  final List<VoxEvent> handled = new ArrayList<>();
  final List<String> answers = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  final List<@Nullable AudioBytes> states = new ArrayList<>();
  private @Nullable Effects effects;
  private @Nullable CallView view;
  boolean isNumberNeeded;
  boolean areInstructionsNeeded;
  int version = 1;
  boolean isStateBroken;
  Consumer<Input> listener = _ -> {};

  RecordingStage(Topic... inputs) {
    this.inputs = EnumSet.copyOf(List.of(inputs));
  }

  Effects effects() {
    if (effects == null) {
      throw new IllegalStateException("not open");
    }
    return effects;
  }

  CallView view() {
    if (view == null) {
      throw new IllegalStateException("not open");
    }
    return view;
  }

  @Override
  public StageName name() {
    return StageName.NLU;
  }

  @Override
  public Set<Topic> inputs() {
    return inputs;
  }

  @Override
  public Set<Topic> outputs() {
    return EnumSet.of(Topic.INTENTS, Topic.CALLS);
  }

  @Override
  public Topic checkpointTopic() {
    return Topic.INTENTS;
  }

  @Override
  public boolean needsCallerNumber() {
    return isNumberNeeded;
  }

  @Override
  public boolean needsInstructions() {
    return areInstructionsNeeded;
  }

  @Override
  public int stateVersion() {
    return version;
  }

  @Override
  public CallStep open(CallView of, @Nullable AudioBytes state, Effects given) {
    if (state != null && isStateBroken) {
      throw new BufferUnderflowException();
    }
    states.add(state);
    effects = given;
    view = of;
    return new CallStep() {
      @Override
      public void on(Input input) {
        listener.accept(input);
        switch (input) {
          case Input.Logged(VoxEvent event, _) -> handled.add(event);
          case Input.Answered(String key, _) -> answers.add(key);
          case Input.Failed(_, Throwable cause) -> failures.add(cause);
          case Input.TimerDue(String key) -> answers.add(key);
          default -> {}
        }
      }

      @Override
      public boolean atRest() {
        return true;
      }

      @Override
      public AudioBytes state() {
        return AudioBytes.wrap(new byte[] {7});
      }
    };
  }
}
