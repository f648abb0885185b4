package dev.voxlog.cli.chaos;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.chaos.CallWitness.Said;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.testkit.twilio.Utterance;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A call as it should be, one line after the other, and whatever else is put into it.
final class TestCall {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final CallId ID = new CallId("twilio-CA1");

  /// From a line's end to its answer: half a second.
  static final int WAIT = 4_000;

  final List<Said> said = new ArrayList<>();
  final List<ToneCode.Sound> sounds = new ArrayList<>();
  final List<Utterance> played = new ArrayList<>();
  final List<TranscriptEvent.Final> finals = new ArrayList<>();
  final List<TurnEvent.Sentence> sentences = new ArrayList<>();
  final List<CallEvent.Heard> heard = new ArrayList<>();
  final List<CallEvent.ToolDone> tools = new ArrayList<>();
  final List<ToolAsked> asked = new ArrayList<>();
  CallWitness.End end = new CallWitness.End(true, "by the caller");
  int at;
  private int turn = 1;

  /// With the greeting heard.
  TestCall() {
    ChaosAgent.GREETING.forEach(this::plays);
  }

  /// Said, understood, answered.
  TestCall line(CallerLine line) {
    says(line);
    understands(line.words());
    turn++;
    if (line.order() != null) {
      asks(line.order(), 1);
      toolDone(CallEvent.Outcome.OK);
    }
    line.answer().forEach(this::writes);
    at += WAIT;
    line.answer().forEach(this::plays);
    return this;
  }

  void says(CallerLine line) {
    at += 8_000;
    said.add(new Said(line, new Utterance(at, line.millis() * 8L)));
    at += line.millis() * 8;
  }

  void understands(String words) {
    int number = finals.size() + 1;
    finals.add(
        new TranscriptEvent.Final(ID, now(), number, words, 1, List.of(), 0, 0, 0, "scripted", 0));
  }

  void asks(String order, int n) {
    asked.add(new ToolAsked(ID + "/" + turn + "/" + n, order, now()));
  }

  void toolDone(CallEvent.Outcome outcome) {
    at += 800;
    tools.add(new CallEvent.ToolDone(ID, now(), turn, 1, "findOrder", outcome, null, 100));
  }

  void nextTurn() {
    turn++;
  }

  void writes(String text) {
    int number = (int) sentences.stream().filter(each -> each.turn() == turn).count();
    sentences.add(
        new TurnEvent.Sentence(ID, now(), turn, number, text, TurnEvent.Purpose.ANSWER, List.of()));
  }

  /// The log's word on how much of the last sentence with this text was heard.
  void marks(String text, boolean isWhole) {
    TurnEvent.Sentence of =
        sentences.stream().filter(each -> each.text().equals(text)).findFirst().orElseThrow();
    heard.add(
        new CallEvent.Heard(
            ID,
            now(),
            of.turn(),
            of.sentence(),
            heard.size() + 1,
            "",
            0,
            isWhole,
            CallEvent.Evidence.ACKED));
  }

  void plays(String text) {
    plays(text, 0, HearingJudge.samples(text), true, true);
  }

  /// A stretch of a sentence, which is a sound of its own.
  void plays(String text, int from, int to, boolean hasBeginning, boolean hasEnd) {
    int id = ScriptedVoice.idOf(text);
    ToneCode.Heard piece = new ToneCode.Heard(id, at, at + to - from, hasBeginning, hasEnd);
    sounds.add(new ToneCode.Sound(id, List.of(piece)));
    played.add(new Utterance(at, to - from));
    at += to - from;
  }

  Instant now() {
    return START.plusNanos(at * 125_000L);
  }

  CallWitness witness() {
    return new CallWitness(
        ID,
        0,
        START,
        said,
        new CallWitness.Ear(sounds, played),
        end,
        new CallWitness.Facts(finals, sentences, heard, tools));
  }

  List<Violation.Kind> violations() {
    return Verdict.of(List.of(witness()), asked).violations().stream()
        .map(Violation::kind)
        .distinct()
        .toList();
  }
}
