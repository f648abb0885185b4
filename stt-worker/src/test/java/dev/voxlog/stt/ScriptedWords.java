package dev.voxlog.stt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A recogniser that says what a test tells it to, and remembers what it was asked.
final class ScriptedWords implements Recognizer {
  private final Function<DecodeRequest, Hypothesis> answers;
  final List<DecodeRequest> requests = new ArrayList<>();
  final List<Integer> samples = new ArrayList<>();

  ScriptedWords(Function<DecodeRequest, Hypothesis> answers) {
    this.answers = answers;
  }

  static ScriptedWords always(String text) {
    return new ScriptedWords(_ -> words(text, 0.9));
  }

  static Hypothesis words(String text, double confidence) {
    return new Hypothesis(text, List.of(), confidence, 0.01, Duration.ofMillis(50), List.of());
  }

  @Override
  public Hypothesis decode(float[] pcm16k, DecodeRequest request) {
    requests.add(request);
    samples.add(pcm16k.length);
    return answers.apply(request);
  }

  boolean isConstrained(int request) {
    return !(requests.get(request).constraint() instanceof Constraint.None);
  }
}
