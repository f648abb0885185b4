package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A call with scripted engines: the caller speaks in tones, and tones tell what they heard.
record ScriptedTalk(Estate estate, TwilioCaller caller) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Calls, and hears the whole greeting.
  static ScriptedTalk begin(Estate estate) {
    return begin(estate, estate.call());
  }

  /// Hears the whole greeting of a call that has just been made.
  static ScriptedTalk begin(Estate estate, TwilioCaller caller) {
    ScriptedTalk talk = new ScriptedTalk(estate, caller);
    Integer[] greeting = ids(estate.agent().agent().greeting().sentences()).toArray(Integer[]::new);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(talk.heard()).startsWith(greeting));
    talk.caller.agentSilentFor(Duration.ofMillis(400)).join();
    return talk;
  }

  CallId id() {
    return Estate.idOf(caller);
  }

  /// The tones of the sentences that were played so far.
  List<Integer> heard() {
    return ToneCode.ids(caller.recording().join().heard());
  }

  /// Says a tone, and gives what was heard from then on once the agent has fallen silent again.
  List<Integer> answerTo(int tone) {
    int before = heard().size();
    caller.say(ToneCode.encode(tone, 900)).join();
    caller
        .agentAnswered(Duration.ofSeconds(1))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    List<Integer> all = heard();
    return List.copyOf(all.subList(before, all.size()));
  }

  /// The texts of the call's sentences by the log.
  List<String> said() {
    return estate.log().of(id(), TurnEvent.Sentence.class).stream()
        .map(TurnEvent.Sentence::text)
        .toList();
  }

  static List<Integer> ids(List<String> sentences) {
    return sentences.stream().map(ScriptedVoice::idOf).toList();
  }
}
