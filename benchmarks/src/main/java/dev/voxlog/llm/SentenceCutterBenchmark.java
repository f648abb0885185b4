package dev.voxlog.llm;

import dev.voxlog.agent.Sentences;
import dev.voxlog.benchmarks.MedianTime;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// A language model's answer, cut into sentences while it comes in deltas of some four characters,
/// against cutting the whole once it is there, and against Java's own sentence breaks.
@State(Scope.Thread)
public class SentenceCutterBenchmark extends MedianTime {
  private static final int DELTA = 4;
  private static final List<String> SENTENCES =
      List.of(
          "Your order left our warehouse on Tuesday at 10 a.m. and should reach you tomorrow. ",
          "Dr. Miller's parcel costs $4.50 extra, since it is **heavier** than 3.5 pounds. ",
          "Would you like me to send the tracking link to your phone? ",
          "If nobody is at home, the driver leaves it with a neighbor or at the nearest shop. ");

  @Param({"2", "8"})
  private int sentences;

  private final List<String> deltas = new ArrayList<>();
  private final BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.US);
  private String answer = "";

  @Setup
  public void answer() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(SENTENCES.get(i % SENTENCES.size()));
    }
    answer = text.toString();
    for (int from = 0; from < answer.length(); from += DELTA) {
      deltas.add(answer.substring(from, Math.min(from + DELTA, answer.length())));
    }
  }

  @Benchmark
  public void oursInDeltas(Blackhole voice) {
    SentenceCutter cutter = new SentenceCutter();
    for (String delta : deltas) {
      voice.consume(cutter.add(delta));
    }
    voice.consume(cutter.rest());
  }

  @Benchmark
  public List<String> oursWhole() {
    return Sentences.of(answer);
  }

  /// Takes "a.m." and "Dr." for ends, as it knows no abbreviations.
  @Benchmark
  public void breakIteratorWhole(Blackhole voice) {
    cut(answer, voice);
  }

  /// What is whole so far is looked for anew at each delta.
  @Benchmark
  public void breakIteratorInDeltas(Blackhole voice) {
    StringBuilder text = new StringBuilder();
    for (String delta : deltas) {
      cut(text.append(delta).toString(), voice);
    }
  }

  private void cut(String text, Blackhole voice) {
    breaks.setText(text);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      voice.consume(text.substring(from, to));
      from = to;
    }
  }
}
