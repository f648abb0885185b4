package dev.voxlog.stt;

import dev.voxlog.schemas.TranscriptEvent;
import org.jspecify.annotations.Nullable;

/// What the log says a predecessor has decided since the last checkpoint: utterances that are over,
/// and the one that was open.
final class Predecessor {
  private int lastOver;
  private long decidedToMs;
  private long speechEndMs;
  private TranscriptEvent.@Nullable SpeechStarted open;

  void note(TranscriptEvent event) {
    switch (event) {
      case TranscriptEvent.SpeechStarted started -> open = started;
      case TranscriptEvent.SpeechEnded ended -> {
        open = null;
        lastOver = ended.utterance();
        decidedToMs = ended.mediaMs();
        speechEndMs = ended.endMs();
      }
      case TranscriptEvent.Interim _,
          TranscriptEvent.Final _,
          TranscriptEvent.Checkpoint _,
          TranscriptEvent.Owner _ -> {}
    }
  }

  /// The number of the last utterance that is over, 0 if none is.
  int lastOver() {
    return lastOver;
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
}
