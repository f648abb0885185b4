package dev.voxlog.egress;

import dev.voxlog.schemas.AudioBytes;

/// What is sent at once: a chunk, or the rest of one, from `fromMs` to `toMs` of its sentence. It
/// may hold no audio, where a sentence's last chunk is empty.
record Piece(
    SpokenSentence sentence,
    ChunkName name,
    AudioBytes audio,
    long fromMs,
    long toMs,
    boolean isSentenceEnd) {
  long durationMs() {
    return toMs - fromMs;
  }
}
