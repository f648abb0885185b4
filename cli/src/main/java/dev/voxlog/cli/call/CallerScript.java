package dev.voxlog.cli.call;

import dev.voxlog.analytics.Turn;
import dev.voxlog.cli.call.SpokenLine.Interjection;
import dev.voxlog.cli.call.SpokenLine.Part;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.testkit.twilio.CallOverException;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Says files one after the other in a call, each once the agent has been silent for a second, and
/// answers what is asked in between. Blocks its thread; all times come from the call itself.
final class CallerScript {
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_REPLIES = 4;
  private static final int MOST_REPEATS = 2;

  private final TwilioCaller caller;
  private final RecordSource log;
  private final Map<String, Sound> replies;
  private final Judge judge;

  /// `replies` are the sounds for `yes` and `no`, if there are any.
  CallerScript(TwilioCaller caller, RecordSource log, Map<String, Sound> replies, Judge judge) {
    this.caller = caller;
    this.log = log;
    this.replies = Map.copyOf(replies);
    this.judge = judge;
  }

  /// Is told of every line when it is over.
  interface Listener {
    void said(SpokenLine line);
  }

  /// Lets the agent greet and runs `whenGreeted`, then says every part; what comes after the call's
  /// end is told as not said.
  List<SpokenLine> say(List<Part> parts, Runnable whenGreeted, Listener listener) {
    List<SpokenLine> lines = new ArrayList<>();
    greeted();
    whenGreeted.run();
    for (Part part : parts) {
      SpokenLine line = say(part);
      lines.add(line);
      listener.said(line);
    }
    return lines;
  }

  private void greeted() {
    try {
      if (!await(caller.agentAnswered(SILENCE))) {
        await(caller.agentSilentFor(SILENCE));
      }
    } catch (CallOverException e) {
      // Every part will be told as not said.
    }
  }

  private SpokenLine say(Part part) {
    List<Item> items = new ArrayList<>();
    try {
      say(Item.Kind.FILE, part.sound(), items);
      if (part.interjection() != null) {
        interject(part.interjection(), items);
      }
      boolean isAnswered = settle();
      followUp(part, items);
      return new SpokenLine(part, items, isAnswered ? null : "no answer");
    } catch (CallOverException e) {
      return new SpokenLine(part, items, items.isEmpty() ? "the call was over" : null);
    }
  }

  private void say(Item.Kind kind, Sound sound, List<Item> items) {
    items.add(new Item(kind, sound, join(caller.say(sound.pcm()))));
  }

  private void interject(Interjection interjection, List<Item> items) {
    if (await(caller.agentSpeakingFor(interjection.after()))) {
      say(Item.Kind.INTERRUPT, interjection.sound(), items);
    }
  }

  /// Until the agent has said all it owes and has been silent for a second; false if it never did.
  private boolean settle() {
    if (!await(caller.agentAnswered(SILENCE))) {
      return false;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (new CallFacts(log.records()).isPending()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      // A wait on the call's own clock: the caller looks again after a further moment of silence.
      await(caller.agentSilentFor(SILENCE));
      await(tick());
    }
    return await(caller.agentSilentFor(SILENCE));
  }

  private static CompletableFuture<@Nullable Void> tick() {
    return new CompletableFuture<@Nullable Void>()
        .completeOnTimeout(null, 50, TimeUnit.MILLISECONDS);
  }

  /// Answers read-backs, and says digits again, as long as the agent asks.
  private void followUp(Part part, List<Item> items) {
    int said = 0;
    int repeats = 0;
    while (said++ < MOST_REPLIES + MOST_REPEATS) {
      CallFacts facts = new CallFacts(log.records());
      Turn question = facts.lastTurn().orElse(null);
      if (question == null || Judge.asksForKeys(question.answer())) {
        return;
      }
      Sound answer = answer(part, facts, question, repeats);
      if (answer == null) {
        return;
      }
      boolean isRepeat = answer.equals(part.again());
      repeats += isRepeat ? 1 : 0;
      say(isRepeat ? Item.Kind.AGAIN : Item.Kind.REPLY, answer, items);
      if (!settle()) {
        return;
      }
    }
  }

  private @Nullable Sound answer(Part part, CallFacts facts, Turn question, int repeats) {
    Expectation expected = part.expectation();
    boolean asksForDigits = facts.expected() == Answer.DIGITS || facts.expected() == Answer.CODE;
    if (asksForDigits && expected != null && expected.needsTool() && repeats < MOST_REPEATS) {
      return part.again();
    }
    if (facts.expected() != Answer.YES_NO) {
      return null;
    }
    boolean isYes = expected == null || judge.confirms(expected, question.answer());
    return replies.get(isYes ? "yes" : "no");
  }

  private static boolean await(CompletableFuture<?> future) {
    try {
      future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      throw over(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the call was broken off", e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw over(e.getCause());
    }
  }

  private static RuntimeException over(@Nullable Throwable cause) {
    return cause instanceof CallOverException over
        ? over
        : new IllegalStateException(String.valueOf(cause), cause);
  }
}
