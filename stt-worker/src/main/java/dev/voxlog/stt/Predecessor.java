package dev.voxlog.stt;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What the log says a predecessor has decided since the last checkpoint: utterances that are over,
/// and the one that was open.
final class Predecessor {
  private final List<TypedBefore> typed = new ArrayList<>();
  private int highest;
  private long decidedToMs;
  private long speechEndMs;
  private TranscriptEvent.@Nullable SpeechStarted open;

  /// An utterance that was typed, as far as it was written.
  private record TypedBefore(
      TranscriptEvent.SpeechStarted started, @Nullable String text, boolean isOver) {
    int utterance() {
      return started.utterance();
    }

    /// The same text at the same place: what was typed before it that is the same was written
    /// before, too.
    boolean is(CallEvent.Typed again) {
      return started.mediaMs() == again.mediaMs()
          && (text == null || text.equals(Typing.text(again)));
    }
  }

  void note(TranscriptEvent event) {
    switch (event) {
      case TranscriptEvent.SpeechStarted started when started.isTyped() -> {
        typed.add(new TypedBefore(started, null, false));
        highest = Math.max(highest, started.utterance());
      }
      case TranscriptEvent.SpeechStarted started -> open = started;
      case TranscriptEvent.Final said ->
          typed.replaceAll(each ->
              each.utterance() == said.utterance()
                  ? new TypedBefore(each.started, said.text(), each.isOver)
                  : each);
      case TranscriptEvent.SpeechEnded ended when isTyped(ended.utterance()) ->
          typed.replaceAll(each ->
              each.utterance() == ended.utterance()
                  ? new TypedBefore(each.started, each.text, true)
                  : each);
      case TranscriptEvent.SpeechEnded ended -> {
        open = null;
        highest = Math.max(highest, ended.utterance());
        decidedToMs = ended.mediaMs();
        speechEndMs = ended.endMs();
      }
      case TranscriptEvent.Interim _, TranscriptEvent.Checkpoint _, TranscriptEvent.Owner _ -> {}
    }
  }

  private boolean isTyped(int utterance) {
    return typed.stream().anyMatch(each -> each.utterance() == utterance);
  }

  /// The highest number of an utterance that is over, or was typed; 0 if there is none.
  int highest() {
    return highest;
  }

  long decidedToMs() {
    return decidedToMs;
  }

  long speechEndMs() {
    return speechEndMs;
  }

  /// The utterance that was open when the predecessor stopped and is to be heard again, null if
  /// there is none.
  TranscriptEvent.@Nullable SpeechStarted open() {
    return open;
  }

  void taken() {
    open = null;
  }

  /// Whether a typed utterance was written in part: the rest follows when what was typed is read
  /// again.
  boolean isTypedInPart() {
    // Asked for each frame, and nearly always of none.
    return !typed.isEmpty() && typed.stream().anyMatch(each -> !each.isOver);
  }

  /// The number under which the predecessor wrote what is read again; empty if it did not.
  OptionalInt numberOf(CallEvent.Typed again) {
    for (int i = 0; i < typed.size(); i++) {
      if (typed.get(i).is(again)) {
        int number = typed.get(i).utterance();
        typed.subList(0, i + 1).clear();
        return OptionalInt.of(number);
      }
    }
    return OptionalInt.empty();
  }

  /// What was typed is not awaited any longer.
  void forgetTyped() {
    typed.clear();
  }
}
