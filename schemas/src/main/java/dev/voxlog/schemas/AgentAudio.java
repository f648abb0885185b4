package dev.voxlog.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The agent's sentences as audio in the caller's codec; topic `audio.out`, written by tts.
///
/// A turn's sentences come in order, a sentence's chunks in order, the last one marked; TurnSpoken
/// closes the turn.
public sealed interface AgentAudio extends VoxEvent {
  @Override
  default StageName writer() {
    return StageName.TTS;
  }

  /// A stretch of a sentence. `offsetMs` is its start within the sentence; `words` are those that
  /// begin in it, timed from the sentence's start, `text` the whole sentence as it is written, with
  /// its first chunk. An unspeakable sentence is one empty last chunk with `isFailed`.
  record Chunk(
      CallId callId,
      Instant at,
      int turn,
      int sentence,
      int chunk,
      Codec codec,
      AudioBytes audio,
      long offsetMs,
      List<Word> words,
      boolean isLast,
      boolean isFailed,
      TurnEvent.Purpose purpose,
      @Nullable String text)
      implements AgentAudio {
    public Chunk {
      words = List.copyOf(words);
    }

    @Override
    public String identity() {
      return "C" + turn + "." + sentence + "." + chunk;
    }
  }

  /// All of the turn's sentences have been written before this record.
  record TurnSpoken(CallId callId, Instant at, int turn, int sentences, TurnEvent.Next next)
      implements AgentAudio {
    @Override
    public String identity() {
      return "E" + turn;
    }
  }

  /// What tts needs from before its safe point.
  record Checkpoint(CallId callId, Instant at, AudioBytes state) implements AgentAudio {
    @Override
    public @Nullable String identity() {
      return null;
    }
  }

  /// A new owner of the partition writes from here on.
  record Owner(Instant at, long epoch) implements AgentAudio {
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
