package dev.voxlog.cli.call;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Writes down the records of a made-up call, in the order they come.
final class Call {
  private static final CallId ID = new CallId("twilio-CA1");
  private final List<LogRecord<?>> records = new ArrayList<>();

  CallFacts facts() {
    return new CallFacts(List.copyOf(records));
  }

  List<LogRecord<?>> records() {
    return List.copyOf(records);
  }

  Call add(VoxEvent event) {
    records.add(new LogRecord<>(event, records.size(), null));
    return this;
  }

  private Instant now() {
    return Instant.EPOCH.plusMillis(records.size());
  }

  Call spoke(int utterance, long onsetMs) {
    return add(new TranscriptEvent.SpeechStarted(ID, now(), utterance, onsetMs, onsetMs + 200));
  }

  Call said(int utterance, long onsetMs, String text, String intent) {
    spoke(utterance, onsetMs);
    add(
        new TranscriptEvent.Final(
            ID,
            now(),
            utterance,
            text,
            0.9,
            List.of(),
            onsetMs,
            onsetMs + 800,
            onsetMs + 1100,
            "test",
            10));
    add(new TranscriptEvent.SpeechEnded(ID, now(), utterance, true, onsetMs + 800, onsetMs + 1100));
    return add(
        new Understood(
            ID,
            now(),
            utterance,
            Understood.FINAL,
            text,
            intent,
            0.9,
            List.of(),
            List.of(),
            null,
            null,
            0.9,
            onsetMs,
            onsetMs + 800,
            0));
  }

  Call tool(int turn, int n, String tool, String arguments, Outcome outcome) {
    add(new CallEvent.ToolRequested(ID, now(), turn, n, tool, arguments));
    return add(new CallEvent.ToolDone(ID, now(), turn, n, tool, outcome, "{}", 5));
  }

  Call requested(int turn, int n, String tool) {
    return add(new CallEvent.ToolRequested(ID, now(), turn, n, tool, "{}"));
  }

  Call turn(int turn, String text, Integer... utterances) {
    return turn(turn, text, Next.LISTEN, utterances);
  }

  Call turn(int turn, String text, Next next, Integer... utterances) {
    add(new TurnEvent.Sentence(ID, now(), turn, 0, text, Purpose.ANSWER, List.of(utterances)));
    return add(
        new TurnEvent.TurnEnded(ID, now(), turn, 1, next, "fixed", null, List.of(utterances)));
  }

  Call playing(int turn) {
    return add(new CallEvent.Playing(ID, now(), turn, 0));
  }

  Call heard(int turn, String text, boolean isWhole) {
    return add(new CallEvent.Heard(ID, now(), turn, 0, 1, text, 900, isWhole, Evidence.ACKED));
  }

  Call ruled(int utterance, int n, Ruling ruling, int turn) {
    return add(new CallEvent.Verdict(ID, now(), utterance, n, ruling, turn, 0));
  }

  Call expects(int turn, Answer answer) {
    return add(new CallEvent.Expects(ID, now(), turn, answer, 0));
  }
}
