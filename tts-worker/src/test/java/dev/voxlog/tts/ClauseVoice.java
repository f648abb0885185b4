package dev.voxlog.tts;

import dev.voxlog.tts.scripted.ScriptedVoice;
import dev.voxlog.tts.text.SpokenClause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A voice of tones that is given clauses, remembers them, and fails where it is told to.
final class ClauseVoice implements Voice {
  final List<String> said = new ArrayList<>();
  final List<StopSignal> stops = new ArrayList<>();
  Predicate<String> failing = _ -> false;
  private final String name;
  private final ScriptedVoice tones;

  ClauseVoice(String name, int msPerWord) {
    this.name = name;
    this.tones = new ScriptedVoice(Duration.ofMillis(msPerWord));
  }

  @Override
  public VoiceTraits traits() {
    return new VoiceTraits(
        "tones", name, tones.traits().settings(), tones.traits().sampleRate(), false);
  }

  @Override
  public void speak(SpokenClause clause, AudioSink sink, StopSignal stop) {
    String text = clause.spokenText();
    said.add(text);
    stops.add(stop);
    if (failing.test(text)) {
      throw new VoiceException("told to fail");
    }
    tones.speak(clause, sink, stop);
  }
}
