package dev.voxlog.cli.chaos;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.chaos.CallWitness.Said;
import dev.voxlog.schemas.CallId;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.Ending;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.testkit.twilio.WireEvent;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One caller who says the lines of a script when told to.
final class Phone {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TwilioCaller caller;
  private final int number;
  private final Iterator<CallerLine> script;
  private final List<Said> said = new ArrayList<>();

  /// Calls from the number of a caller, counted from 0.
  Phone(Switchboard switchboard, URI webhook, int number, List<CallerLine> script) {
    this.caller = switchboard.call(ScriptedCallers.plan(webhook, number));
    this.number = number;
    this.script = script.iterator();
  }

  CallId id() {
    return new CallId("twilio-" + caller.callSid());
  }

  /// Says the next line; done when it has been said.
  CompletableFuture<CallerLine> says() {
    CallerLine line = script.next();
    return caller
        .say(ToneCode.encode(line.tone(), line.millis()))
        .thenApply(where -> {
          said.add(new Said(line, where));
          return line;
        });
  }

  /// Says the next line to its end.
  void saysAll() {
    join(says());
  }

  /// Says the next line and hears its answer out.
  void talks() {
    saysAll();
    hearsAnswer();
  }

  /// Hears out the answer to the last line.
  void hearsAnswer() {
    hears(said.getLast().line().answer());
  }

  /// Hears out what was not heard yet of these sentences.
  void hears(List<String> sentences) {
    ScriptedCallers.heardOut(caller, sentences);
  }

  /// Waits until the agent has been speaking for so long.
  void isSpokenTo(int millis) {
    join(caller.agentSpeakingFor(Duration.ofMillis(millis)));
  }

  /// The tones that greeting and answers so far sound as.
  List<Integer> wanted() {
    return Stream.concat(
            ChaosAgent.GREETING.stream(),
            said.stream().flatMap(each -> each.line().answer().stream()))
        .map(ScriptedVoice::idOf)
        .toList();
  }

  /// The tones heard so far.
  List<Integer> heard() {
    return ToneCode.ids(join(caller.recording()).heard());
  }

  static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /// How long the call was without a stream, each time that it lost one, in milliseconds.
  List<Double> withoutStream() {
    List<WireEvent> events = join(caller.recording()).events();
    List<Double> gaps = new ArrayList<>();
    double closed = 0;
    boolean isFirst = true;
    for (WireEvent event : events) {
      if (event.kind() == WireEvent.Kind.STREAM_CLOSED) {
        closed = event.atMs();
      } else if (event.kind() == WireEvent.Kind.STREAM_STARTED) {
        if (!isFirst) {
          gaps.add(event.atMs() - closed);
        }
        isFirst = false;
      }
    }
    return gaps;
  }

  /// Hangs up; what the call was to this caller's ear.
  CallWitness hangsUp() {
    CallRecording recording = join(caller.hangUp());
    return new CallWitness(
        id(),
        number,
        recording.startedAt(),
        said,
        new CallWitness.Ear(ToneCode.sounds(recording.heard()), recording.played()),
        new CallWitness.End(
            recording.ending() instanceof Ending.ByCaller, recording.ending().toString()),
        CallWitness.Facts.NONE);
  }
}
