package dev.voxlog.runtime;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Understanding;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Understands every final transcript after asking an engine, one after the other, and numbers what
/// it understands in each call: the number is in the state, so one that is lost or counted twice
/// shows.
final class EchoStage implements Stage {
  private final UnaryOperator<String> engine;
  private final Consumer<TranscriptEvent.Final> hearing;
  final Set<CallId> closed = ConcurrentHashMap.newKeySet();
  final Set<String> externals = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Outside outside;

  /// `engine` runs on the pool; what it gives is the intent.
  EchoStage(UnaryOperator<String> engine) {
    this(engine, EchoStage::breakOnRequest);
  }

  /// `hearing` is what the step does first with each final transcript; it may throw.
  EchoStage(UnaryOperator<String> engine, Consumer<TranscriptEvent.Final> hearing) {
    this.engine = engine;
    this.hearing = hearing;
  }

  private static void breakOnRequest(TranscriptEvent.Final words) {
    if (words.text().equals("break")) {
      throw new IllegalStateException("the step breaks on these words");
    }
  }

  EchoStage() {
    this(text -> text);
  }

  /// What an engine does that gives its answer only once the latch is open.
  static String after(CountDownLatch latch, String text) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text;
  }

  @Override
  public StageName name() {
    return StageName.NLU;
  }

  @Override
  public Set<Topic> inputs() {
    return EnumSet.of(Topic.TRANSCRIPTS, Topic.CALLS);
  }

  @Override
  public Set<Topic> outputs() {
    return EnumSet.of(Topic.INTENTS);
  }

  @Override
  public Topic checkpointTopic() {
    return Topic.INTENTS;
  }

  @Override
  public void start(Outside way) {
    outside = way;
  }

  void tell(CallId call, String message) {
    Outside way = outside;
    if (way == null) {
      throw new IllegalStateException("not started");
    }
    way.post(call, message);
  }

  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    return new EchoStep(call.id(), effects, state == null ? 0 : state.buffer().getInt());
  }

  private final class EchoStep implements CallStep {
    private final CallId call;
    private final Effects effects;
    private final Queue<TranscriptEvent.Final> waiting = new ArrayDeque<>();
    private int understood;

    EchoStep(CallId call, Effects effects, int understood) {
      this.call = call;
      this.effects = effects;
      this.understood = understood;
    }

    @Override
    public void on(Input input) {
      switch (input) {
        case Input.Logged(TranscriptEvent.Final words, _) -> {
          hearing.accept(words);
          waiting.add(words);
          if (waiting.size() == 1) {
            ask();
          }
        }
        case Input.Answered(_, Object intent) -> {
          understood++;
          effects.emit(understood(waiting.remove().utterance(), intent.toString(), understood));
          ask();
        }
        case Input.Failed _ -> ask();
        case Input.External(Object message) -> externals.add(message.toString());
        default -> {}
      }
    }

    private void ask() {
      TranscriptEvent.Final next = waiting.peek();
      if (next != null) {
        effects.ask("engine", Effects.Urgency.NORMAL, _ -> engine.apply(next.text()));
      }
    }

    private Understanding.Understood understood(int utterance, String intent, int number) {
      return new Understanding.Understood(
          call,
          effects.now(),
          utterance,
          Understanding.Understood.FINAL,
          "",
          intent,
          number,
          List.of(),
          List.of(),
          null,
          null,
          1,
          0,
          0,
          0);
    }

    @Override
    public boolean atRest() {
      return waiting.isEmpty();
    }

    @Override
    public AudioBytes state() {
      return AudioBytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(understood).array());
    }

    @Override
    public void close() {
      closed.add(call);
    }
  }
}
