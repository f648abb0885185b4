package dev.voxlog.cli.chaos;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.testkit.twilio.CallOverException;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Callers who call again and again and leave nothing tidy: they hang up while they or the agent
/// speak, talk into what is said, and their lines break.
final class RudeCallers implements AutoCloseable {
  /// What [#LINE] is taken for when the recogniser is told so.
  static final CallerLine LINE = ChaosAgent.note(900, 1_200, "12345");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BREATH = Duration.ofSeconds(3);

  private final Switchboard switchboard = new Switchboard();
  private final URI webhook;
  private final long seed;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  RudeCallers(URI webhook, long seed) {
    this.webhook = webhook;
    this.seed = seed;
  }

  /// So many callers, each of whom calls a few times, and again while `goesOn`.
  void begin(int callers, BooleanSupplier goesOn) {
    for (int i = 0; i < callers; i++) {
      Random random = new Random(seed * 1_000 + 500 + i);
      String number = "+1556%07d".formatted(i);
      threads.add(
          Thread.ofVirtual().name("rude-" + i).start(() -> callAgain(number, random, goesOn)));
    }
  }

  private void callAgain(String number, Random random, BooleanSupplier goesOn) {
    try {
      for (int i = 0; i < Manner.values().length || goesOn.getAsBoolean(); i++) {
        call(number, Manner.values()[i % Manner.values().length], random);
        calls.incrementAndGet();
      }
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  private enum Manner {
    HANGS_UP_ON_THE_GREETING,
    TALKS_INTO_THE_ANSWER,
    HANGS_UP_IN_MID_WORD,
    LINE_BREAKS
  }

  private void call(String number, Manner manner, Random random) {
    CallPlan plan = CallPlan.to(webhook);
    CallPlan.Identity one = plan.identity();
    TwilioCaller phone =
        switchboard.call(
            plan.with(new CallPlan.Identity(one.callSid(), one.accountSid(), number, one.to())));
    try {
      talk(phone, manner, Duration.ofMillis(random.nextInt(200, 1_500)));
    } catch (CompletionException e) {
      // Nobody promises such a caller an answer; that the others get theirs is judged.
      if (!(e.getCause() instanceof CallOverException
          || e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      takeBreath();
    }
    await(phone.hangUp());
  }

  /// Whose call ended by itself, perhaps since no line was free, does not call again at once.
  private static void takeBreath() {
    Executor later = CompletableFuture.delayedExecutor(BREATH.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture.runAsync(() -> {}, later).join();
  }

  private static void talk(TwilioCaller phone, Manner manner, Duration after) {
    await(phone.agentSpeakingFor(after));
    switch (manner) {
      case HANGS_UP_ON_THE_GREETING -> {}
      case TALKS_INTO_THE_ANSWER -> {
        await(phone.agentSilentFor(Duration.ofSeconds(1)));
        await(say(phone));
        await(phone.agentSpeakingFor(after));
        await(say(phone));
        await(phone.agentSpeakingFor(after));
      }
      case HANGS_UP_IN_MID_WORD -> {
        await(phone.agentSilentFor(Duration.ofSeconds(1)));
        say(phone);
        await(phone.agentSilentFor(Duration.ofMillis(1_400)));
      }
      case LINE_BREAKS -> {
        phone.dropLine();
        await(phone.agentSilentFor(Duration.ofSeconds(2)));
        await(say(phone));
        await(phone.agentAnswered(Duration.ofSeconds(1)));
      }
    }
  }

  private static CompletableFuture<?> say(TwilioCaller phone) {
    return phone.say(ToneCode.encode(LINE.tone(), LINE.millis()));
  }

  private static void await(CompletableFuture<?> future) {
    future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /// Returns when all have hung up: how many calls there were.
  ///
  /// @throws IllegalStateException if a caller came to grief
  int join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a caller failed: " + failures, failures.getFirst());
    }
    return calls.get();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    switchboard.close();
  }
}
