package dev.voxlog.schemas.media;

/// What the caller's program is told of the call, in words of no carrier. Numbers are the call's
/// own, times are on its media clock.
public sealed interface ClientEvent {

  /// The caller has begun to speak, or has typed; `onsetMs` is where the voice begins.
  record SpeechStarted(int utterance, long onsetMs, boolean isTyped) implements ClientEvent {
    public SpeechStarted(int utterance, long onsetMs) {
      this(utterance, onsetMs, false);
    }
  }

  /// The utterance is over. Without words it was noise.
  record SpeechEnded(int utterance, long endMs, boolean hadWords) implements ClientEvent {}

  /// The words so far; a higher revision replaces them.
  record Interim(int utterance, int revision, String text) implements ClientEvent {}

  /// The utterance's words.
  record Final(int utterance, String text) implements ClientEvent {}

  /// The sentence's audio follows.
  record SentenceBegan(int turn, int sentence, String text) implements ClientEvent {}

  /// The turn has been heard to its end, or was broken off: `heard` is what of it the caller heard.
  /// Tokens are those of the language models that were asked in it, 0 if none was or none told.
  record TurnOver(
      int turn, boolean isInterrupted, String heard, long promptTokens, long completionTokens)
      implements ClientEvent {}
}
