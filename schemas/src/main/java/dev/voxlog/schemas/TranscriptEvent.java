package dev.voxlog.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stt hears, utterance by utterance; topic `transcripts`.
///
/// Each utterance is SpeechStarted, any Interims, a Final if it had words, and SpeechEnded, in this
/// order.
public sealed interface TranscriptEvent extends VoxEvent {
  @Override
  default StageName writer() {
    return StageName.STT;
  }

  /// The minimum of voiced audio is reached. `onsetMs` is where the speech began, `mediaMs` how far
  /// the audio was heard; they are the same where nothing was spoken, because the caller typed.
  record SpeechStarted(CallId callId, Instant at, int utterance, long onsetMs, long mediaMs)
      implements TranscriptEvent {
    /// Whether the caller typed it: speech is certain only some time after its onset.
    public boolean isTyped() {
      return onsetMs == mediaMs;
    }

    @Override
    public String identity() {
      return "S" + utterance;
    }
  }

  /// The words so far; later revisions replace earlier ones. The first `stableWords` are not
  /// expected to change.
  record Interim(
      CallId callId,
      Instant at,
      int utterance,
      int revision,
      String text,
      int stableWords,
      double confidence,
      long mediaMs)
      implements TranscriptEvent {
    @Override
    public String identity() {
      return "I" + utterance + "." + revision;
    }
  }

  /// The utterance's words.
  ///
  /// `onsetMs` and `endMs` bound the speech, `mediaMs` is where the end was decided, all on the
  /// media clock; `decodeMs` is the engine's time for the final decode, `endpointingMs` = mediaMs −
  /// endMs.
  record Final(
      CallId callId,
      Instant at,
      int utterance,
      String text,
      double confidence,
      List<Word> words,
      long onsetMs,
      long endMs,
      long mediaMs,
      String engine,
      long decodeMs)
      implements TranscriptEvent {
    public Final {
      words = List.copyOf(words);
    }

    /// Whether the caller typed it.
    public boolean isTyped() {
      return onsetMs == mediaMs;
    }

    public long endpointingMs() {
      return mediaMs - endMs;
    }

    @Override
    public String identity() {
      return "F" + utterance;
    }
  }

  /// The utterance is over. Without words it was noise, a cough, or too quiet to be recognised.
  record SpeechEnded(
      CallId callId, Instant at, int utterance, boolean hadWords, long endMs, long mediaMs)
      implements TranscriptEvent {
    @Override
    public String identity() {
      return "E" + utterance;
    }
  }

  /// What stt needs from before its safe point.
  record Checkpoint(CallId callId, Instant at, AudioBytes state) implements TranscriptEvent {
    @Override
    public @Nullable String identity() {
      return null;
    }
  }

  /// A new owner of the partition writes from here on; `epoch` is the offset of its marker in
  /// `calls`.
  record Owner(Instant at, long epoch) implements TranscriptEvent {
    @Override
    public @Nullable CallId callId() {
      return null;
    }

    @Override
    public @Nullable String identity() {
      return null;
    }
  }
}
