package dev.voxlog.cli.call;

import dev.voxlog.analytics.Turn;
import dev.voxlog.cli.call.LineResult.BargeIn;
import dev.voxlog.cli.call.LineResult.Wait;
import dev.voxlog.cli.call.SpokenLine.Interjection;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.testkit.twilio.CallRecording;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Makes results of what was said, what the log says and what was heard: a pure function of the
/// three.
final class Evaluation {
  /// How long after an interruption a `clear` still belongs to it.
  private static final double CLEAR_PATIENCE_MS = 1_500;

  private final CallFacts facts;
  private final CallRecording recording;
  private final HeardAudio heard;
  private final @Nullable Judge judge;

  /// `judge` is null where the log cannot be read and nothing can be judged.
  Evaluation(CallFacts facts, CallRecording recording, @Nullable Judge judge) {
    this.facts = facts;
    this.recording = recording;
    this.heard = new HeardAudio(recording);
    this.judge = judge;
  }

  /// `nextMs` is when the next line began, infinity for the last one.
  LineResult of(SpokenLine line, double nextMs) {
    List<Integer> own = new ArrayList<>();
    List<Integer> all = new ArrayList<>();
    List<Wait> waits = new ArrayList<>();
    BargeIn bargeIn = null;
    for (int i = 0; i < line.items().size(); i++) {
      Item item = line.items().get(i);
      double until = i + 1 < line.items().size() ? line.items().get(i + 1).startMs() : nextMs;
      List<Integer> utterances = facts.utterancesIn(item.startMs(), until);
      all.addAll(utterances);
      if (item.kind() == Item.Kind.FILE) {
        own.addAll(utterances);
      }
      if (item.kind() == Item.Kind.INTERRUPT) {
        bargeIn = bargeIn(item, utterances, line.part().interjection(), own);
      } else {
        waits.add(waited(item, utterances, until));
      }
    }
    List<Turn> turns = facts.turnsOf(all);
    Expectation expected = line.part().expectation();
    return new LineResult(
        line,
        facts.words(all),
        facts.understood(own),
        turns,
        waits,
        bargeIn,
        judged(expected, line, own, turns));
  }

  private Judge.@Nullable Judgement judged(
      @Nullable Expectation expected, SpokenLine line, List<Integer> own, List<Turn> turns) {
    if (expected == null || judge == null) {
      return null;
    }
    if (line.items().isEmpty()) {
      return new Judge.Judgement(List.of(String.valueOf(line.trouble())), false);
    }
    return judge.judge(expected, facts.understood(own), turns, facts);
  }

  /// The answer is the turn that took up the item's last utterance and was spoken.
  private Wait waited(Item item, List<Integer> utterances, double until) {
    double end = item.speechEndMs();
    List<Turn> answers =
        facts.turnsOf(utterances).stream()
            .filter(turn -> turn.fate() != Turn.Fate.SUPERSEDED && turn.firstSentence().isPresent())
            .toList();
    if (!answers.isEmpty()) {
      Turn answer = answers.getLast();
      int sentence = answer.firstSentence().orElseThrow();
      return new Wait(
          answer.number(),
          since(end, heard.arrived(answer.number(), sentence)),
          since(end, heard.audible(answer.number(), sentence)));
    }
    OptionalDouble audible = heard.audibleFrom(end);
    boolean isInTime = audible.isPresent() && audible.getAsDouble() < until;
    return new Wait(
        0, OptionalDouble.empty(), isInTime ? since(end, audible) : OptionalDouble.empty());
  }

  private static OptionalDouble since(double from, OptionalDouble to) {
    return to.isPresent() ? OptionalDouble.of(to.getAsDouble() - from) : to;
  }

  private BargeIn bargeIn(
      Item item,
      List<Integer> utterances,
      @Nullable Interjection interjection,
      List<Integer> question) {
    OptionalDouble clear = item.clearMs(recording.events(), CLEAR_PATIENCE_MS);
    return new BargeIn(
        item.sound().name(),
        clear,
        wentOn(utterances, question),
        interjection == null ? null : interjection.ends());
  }

  /// The answer to the question was heard to its end and no utterance interrupted it; unknown
  /// without a log.
  private @Nullable Boolean wentOn(List<Integer> utterances, List<Integer> question) {
    List<Turn> answers = facts.turnsOf(question);
    if (answers.isEmpty()) {
      return null;
    }
    boolean isInterrupted =
        facts.verdicts(utterances).stream().anyMatch(each -> each.ruling() == Ruling.INTERRUPTED);
    boolean isWhole = answers.getLast().sentences().stream().allMatch(Turn.Spoken::isWhole);
    return !isInterrupted && isWhole;
  }
}
