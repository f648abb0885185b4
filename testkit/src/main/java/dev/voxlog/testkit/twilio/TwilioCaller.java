package dev.voxlog.testkit.twilio;

import dev.voxlog.audio.G711;
import dev.voxlog.testkit.twilio.WireEvent.Kind;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One caller on the phone, with the carrier's behaviour in between.
///
/// Every method may be called from any thread and returns at once; a script is plain code that
/// joins the futures. They fail with [CallOverException] when the call ends first. Everything
/// inside happens on one event loop.
public final class TwilioCaller {
  private final CallPlan plan;
  private final Context context;
  private final Runnable forget;
  private final Recorder recorder = new Recorder();
  private final Waits waits = new Waits();
  private final Mouth mouth;
  private final byte[] voice = new byte[160];
  private final byte[] sound = new byte[160];
  private final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
  private final CompletableFuture<CallRecording> ended = new CompletableFuture<>();
  private @Nullable MediaStream stream;
  private boolean hasStepped;
  private boolean isHangingUp;

  TwilioCaller(CallPlan plan, Context context, Runnable forget) {
    this.plan = plan;
    this.context = context;
    this.forget = forget;
    mouth = new Mouth(plan.line().noiseFloorDbfs(), plan.identity().callSid().hashCode());
  }

  public String callSid() {
    return plan.identity().callSid();
  }

  /// The first stream is open.
  public CompletableFuture<@Nullable Void> connected() {
    return connected;
  }

  /// Says this after what is already being said; done when its last sample has gone out. 16-bit
  /// samples at 8 kHz.
  public CompletableFuture<Utterance> say(short[] pcm) {
    return say(pcm, 1);
  }

  /// The same, beginning at the next multiple of `grid` samples of what the caller has sent:
  /// whoever cuts the audio into windows that divide it cuts the same words the same way each time.
  public CompletableFuture<Utterance> say(short[] pcm, int grid) {
    CompletableFuture<Utterance> said = new CompletableFuture<>();
    short[] samples = pcm.clone();
    onLoop(() -> {
      if (ended.isDone()) {
        said.completeExceptionally(new CallOverException(new Ending.ByAgent()));
      } else if (samples.length == 0) {
        said.complete(new Utterance(recorder.saidSamples(), 0));
      } else {
        mouth.say(samples, grid, said(said));
      }
    });
    return said;
  }

  private CompletableFuture<Utterance> said(CompletableFuture<Utterance> asked) {
    CompletableFuture<Utterance> said = new CompletableFuture<>();
    said.thenAccept(
            utterance -> {
              recorder.spoken(utterance);
              waits.callerSpoke();
              asked.complete(utterance);
            })
        .exceptionally(failure -> {
          asked.completeExceptionally(failure);
          return null;
        });
    return said;
  }

  /// Presses keys, one after the other.
  public void press(String digits) {
    withStream(open -> digits.chars().forEach(digit -> open.press(Character.toString(digit))));
  }

  /// The agent has been silent for so long, whether or not it has ever spoken.
  public CompletableFuture<@Nullable Void> agentSilentFor(Duration duration) {
    return until(() -> waits.silentMs() >= duration.toMillis());
  }

  /// The agent has spoken since the caller last did, and has then been silent for so long.
  public CompletableFuture<@Nullable Void> agentAnswered(Duration silence) {
    return until(
        () -> waits.hasAnswered() && !mouth.isSpeaking() && waits.silentMs() >= silence.toMillis());
  }

  /// The agent has been heard for so long in all since the caller last spoke, whatever the pauses,
  /// and has then been silent for so long.
  public CompletableFuture<@Nullable Void> agentPlayed(Duration inAll, Duration silence) {
    return until(() ->
        waits.audibleMs() >= inAll.toMillis()
            && !mouth.isSpeaking()
            && waits.silentMs() >= silence.toMillis());
  }

  /// The agent has been heard speaking for so long, pauses under 200 ms included.
  public CompletableFuture<@Nullable Void> agentSpeakingFor(Duration duration) {
    return until(() -> waits.speakingMs() >= duration.toMillis());
  }

  private CompletableFuture<@Nullable Void> until(BooleanSupplier isMet) {
    CompletableFuture<@Nullable Void> met = new CompletableFuture<>();
    onLoop(() -> {
      if (ended.isDone()) {
        met.completeExceptionally(new CallOverException(new Ending.ByAgent()));
      } else {
        waits.add(isMet, met);
      }
    });
    return met;
  }

  /// The caller hangs up: the carrier says `stop` and closes, and no TwiML follows.
  public CompletableFuture<CallRecording> hangUp() {
    onLoop(() -> {
      isHangingUp = true;
      if (stream == null) {
        end(new Ending.ByCaller());
      } else {
        stream.stop();
      }
    });
    return ended;
  }

  /// The stream breaks without `stop`, as when a network fails; the TwiML goes on.
  public void dropLine() {
    withStream(MediaStream::drop);
  }

  /// Sends a text message as it is, for tests of what no carrier should send.
  public void sendRaw(String text) {
    withStream(open -> open.send(text));
  }

  /// Done when the call is over, however that came about.
  public CompletableFuture<CallRecording> ended() {
    return ended;
  }

  /// The recording so far.
  public CompletableFuture<CallRecording> recording() {
    CompletableFuture<CallRecording> recording = new CompletableFuture<>();
    onLoop(() -> recording.complete(recorder.snapshot(plan.identity(), new Ending.Ongoing())));
    return recording;
  }

  private interface StreamUse {
    void with(MediaStream stream);
  }

  private void withStream(StreamUse use) {
    onLoop(() -> {
      if (stream != null) {
        use.with(stream);
      }
    });
  }

  private void onLoop(Runnable task) {
    context.runOnContext(_ -> task.run());
  }

  // On the event loop from here on.

  Recorder recorder() {
    return recorder;
  }

  boolean isHangingUp() {
    return isHangingUp;
  }

  void streamOpened(MediaStream opened) {
    stream = opened;
    connected.complete(null);
    if (isHangingUp) {
      opened.stop();
    }
  }

  void streamClosed(String why) {
    stream = null;
    recorder.event(Kind.STREAM_CLOSED, why, 0);
  }

  /// 20 ms have passed: what was said in them goes out, and the next 20 ms are played.
  void step(long due) {
    if (stream == null && !recorder.isRunning()) {
      return;
    }
    recorder.startClock(due);
    recorder.late(System.nanoTime() - due);
    if (hasStepped) {
      mouth.next(voice, recorder.saidSamples());
      recorder.said(voice);
      if (stream != null) {
        stream.send(voice);
      }
    }
    hasStepped = true;
    Arrays.fill(sound, G711.MULAW_SILENCE);
    int audible = stream == null ? 0 : stream.play(sound);
    recorder.heard(sound, audible);
    waits.heard(G711.decodeMulaw(sound), audible > 0);
  }

  void end(Ending ending) {
    if (ended.isDone()) {
      return;
    }
    forget.run();
    recorder.event(Kind.ENDED, ending.getClass().getSimpleName(), 0);
    CallOverException over = new CallOverException(ending);
    ended.complete(recorder.snapshot(plan.identity(), ending));
    connected.completeExceptionally(over);
    mouth.shut(over);
    waits.giveUp(over);
  }
}
