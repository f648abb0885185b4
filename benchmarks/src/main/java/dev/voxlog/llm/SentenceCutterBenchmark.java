package dev.voxlog.llm;

import dev.voxlog.agent.Sentences;
import dev.voxlog.benchmarks.MedianTime;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
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

  /// Whole answers at once: one alone takes hardly longer than reading the clock.
  private static final int ANSWERS = 20;

  private static final List<String> SENTENCES =
      List.of(
          "Your order left our warehouse on Tuesday at 10 a.m. and should reach you tomorrow. ",
          "Dr. Miller's parcel costs $4.50 extra, since it is **heavier** than 3.5 pounds. ",
          "Would you like me to send the tracking link to your phone? ",
          "If nobody is at home, the driver leaves it with a neighbor or at the nearest shop. ");

  @Param({"2", "8"})
  int sentences;

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
  public List<String> oursInDeltas() {
    SentenceCutter cutter = new SentenceCutter();
    List<String> sentences = new ArrayList<>();
    for (String delta : deltas) {
      sentences.addAll(cutter.add(delta));
    }
    sentences.addAll(cutter.rest());
    return sentences;
  }

  /// Takes "Dr." for an end, as it knows no abbreviations. What was given is not looked at again.
  @Benchmark
  public List<String> breakIteratorInDeltas() {
    StringBuilder text = new StringBuilder();
    List<String> sentences = new ArrayList<>();
    for (String delta : deltas) {
      text.append(delta);
      text.delete(0, cut(text.toString(), sentences));
    }
    sentences.add(text.toString());
    return sentences;
  }

  @Benchmark
  @OperationsPerInvocation(ANSWERS)
  public void oursWhole(Blackhole voice) {
    for (int i = 0; i < ANSWERS; i++) {
      voice.consume(Sentences.of(answer));
    }
  }

  @Benchmark
  @OperationsPerInvocation(ANSWERS)
  public void breakIteratorWhole(Blackhole voice) {
    for (int i = 0; i < ANSWERS; i++) {
      voice.consume(breakIteratorAtOnce());
    }
  }

  List<String> breakIteratorAtOnce() {
    List<String> sentences = new ArrayList<>();
    sentences.add(answer.substring(cut(answer, sentences)));
    return sentences;
  }

  /// Adds the sentences that are whole, since another begins after them; gives where the last one
  /// begins.
  private int cut(String text, List<String> sentences) {
    breaks.setText(text);
    int from = 0;
    breaks.first();
    int end = breaks.next();
    for (int next = breaks.next(); next != BreakIterator.DONE; next = breaks.next()) {
      sentences.add(text.substring(from, end));
      from = end;
      end = next;
    }
    return from;
  }
}
