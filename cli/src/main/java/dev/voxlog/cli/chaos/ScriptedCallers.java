package dev.voxlog.cli.chaos;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.chaos.CallWitness.Said;
import dev.voxlog.schemas.CallId;
import dev.voxlog.testkit.twilio.CallOverException;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.Ending;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.testkit.twilio.Utterance;
import dev.voxlog.testkit.twilio.WireEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Callers on the line at the same time, each calling again and again: a line is said, its whole
/// answer heard out, then the next. The agent is never interrupted.
final class ScriptedCallers implements AutoCloseable {
  /// After which an answer is given up, and the caller goes on.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration QUIET = Duration.ofMillis(400);
  private static final int LONGEST_THOUGHT_MS = 800;

  private final Switchboard switchboard = new Switchboard();
  private final URI webhook;
  private final long seed;
  private final List<Thread> threads = new ArrayList<>();
  private final List<CallWitness> ended = new CopyOnWriteArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  ScriptedCallers(URI webhook, long seed) {
    this.webhook = webhook;
    this.seed = seed;
  }

  /// Puts a caller for each script on the line, who calls once, and again while `goesOn`.
  void begin(Lines lines, BooleanSupplier goesOn) {
    for (int i = 0; i < lines.callers().size(); i++) {
      int caller = i;
      threads.add(
          Thread.ofVirtual()
              .name("caller-" + caller)
              .start(() -> callAgain(caller, lines.callers().get(caller), goesOn)));
    }
  }

  private void callAgain(int caller, List<CallerLine> lines, BooleanSupplier goesOn) {
    Random random = new Random(seed * 1_000 + caller);
    try {
      // Not all in the same breath.
      Thread.sleep(random.nextInt(2_000));
      do {
        ended.add(call(caller, lines, random));
      } while (goesOn.getAsBoolean());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  private CallWitness call(int caller, List<CallerLine> lines, Random random)
      throws InterruptedException {
    TwilioCaller phone = switchboard.call(plan(webhook, caller));
    List<Said> said = new ArrayList<>();
    try {
      heardOut(phone, ChaosAgent.GREETING);
      for (CallerLine line : lines) {
        Thread.sleep(random.nextInt(LONGEST_THOUGHT_MS));
        Utterance where =
            phone
                .say(ToneCode.encode(line.tone(), line.millis()))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        said.add(new Said(line, where));
        heardOut(phone, line.answer());
        answered.incrementAndGet();
      }
    } catch (CompletionException over) {
      if (!(over.getCause() instanceof CallOverException)) {
        throw over;
      }
    }
    CallRecording recording =
        phone.hangUp().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return witness(caller, phone, said, recording);
  }

  static CallPlan plan(URI webhook, int caller) {
    CallPlan plan = CallPlan.to(webhook);
    CallPlan.Identity one = plan.identity();
    return plan.with(
        new CallPlan.Identity(
            one.callSid(), one.accountSid(), "+1555%07d".formatted(caller), one.to()));
  }

  /// Waits until so much was played as the sentences last; what did not come by then is the
  /// verdict's business.
  static void heardOut(TwilioCaller phone, List<String> sentences) {
    // The first and last milliseconds of a tone are too quiet to count.
    int samples = sentences.stream().mapToInt(text -> HearingJudge.samples(text) - 320).sum();
    CompletableFuture<?> all = phone.agentPlayed(Duration.ofMillis(samples / 8), QUIET);
    try {
      all.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException late) {
      if (!(late.getCause() instanceof TimeoutException)) {
        throw late;
      }
    }
  }

  private static CallWitness witness(
      int caller, TwilioCaller phone, List<Said> said, CallRecording recording) {
    boolean isByCaller = recording.ending() instanceof Ending.ByCaller;
    long again = recording.events(WireEvent.Kind.STREAM_STARTED).size() - 1L;
    String how =
        "after %d lines: %s, connected again %d times"
            .formatted(said.size(), recording.ending(), again);
    return new CallWitness(
        new CallId("twilio-" + phone.callSid()),
        caller,
        recording.startedAt(),
        said,
        new CallWitness.Ear(ToneCode.sounds(recording.heard()), recording.played()),
        new CallWitness.End(isByCaller && again == 0, how),
        CallWitness.Facts.NONE);
  }

  /// Returns when all have hung up: every call, without what the log knows of it.
  ///
  /// @throws IllegalStateException if a caller came to grief
  List<CallWitness> join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a caller failed: " + failures, failures.getFirst());
    }
    return List.copyOf(ended);
  }

  /// How many lines have had their answers, or had to do without.
  int answered() {
    return answered.get();
  }

  int ended() {
    return ended.size();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    switchboard.close();
  }
}
