package dev.voxlog.analytics;

/// Where a turn's milliseconds went, in the order of the call.
public enum Part {
  /// From the end of the speech until its end was decided, on the call's media clock.
  ENDPOINTING,
  /// From the last audio needed to the final transcript.
  STT,
  /// From the final transcript to what it means.
  NLU,
  /// From what the caller meant to the answer's first sentence, without the tools' time.
  DIALOGUE,
  TOOL,
  /// From the sentence to its first audio.
  TTS,
  /// What passed between a record's writing and its being read, over all records on the way.
  /// Without reading times it is not known, and is within the stages' parts.
  KAFKA,
  /// From the sentence's first audio until egress handed it to the caller's line; a filler before
  /// it counts here.
  PLAYBACK
}
