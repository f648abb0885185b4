package dev.voxlog.cli.chaos;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.testkit.twilio.Utterance;
import java.time.Instant;
import java.util.List;

/// Everything known of one call: what the caller said, what their ear heard, how it ended, and what
/// the log says.
///
/// Samples are at 8 kHz on the caller's clock, whose zero is `startedAt`.
record CallWitness(
    CallId id, int caller, Instant startedAt, List<Said> said, Ear ear, End end, Facts log) {
  CallWitness {
    said = List.copyOf(said);
  }

  /// A line that was said whole, and where.
  record Said(CallerLine line, Utterance where) {}

  /// The sentences that were heard, by their tones, and all stretches in which audio was played.
  record Ear(List<ToneCode.Sound> sounds, List<Utterance> played) {
    Ear {
      sounds = List.copyOf(sounds);
      played = List.copyOf(played);
    }
  }

  /// Whether the caller ended it, and what is to be told about that.
  record End(boolean isByCaller, String how) {}

  /// Of the call's records those that count, each identity once.
  record Facts(
      List<TranscriptEvent.Final> finals,
      List<TurnEvent.Sentence> sentences,
      List<CallEvent.Heard> heard,
      List<CallEvent.ToolDone> tools) {
    static final Facts NONE = new Facts(List.of(), List.of(), List.of(), List.of());

    Facts {
      finals = List.copyOf(finals);
      sentences = List.copyOf(sentences);
      heard = List.copyOf(heard);
      tools = List.copyOf(tools);
    }
  }

  /// When a sample was said or heard.
  Instant at(long sample) {
    return startedAt.plusNanos(sample * 125_000L);
  }
}
