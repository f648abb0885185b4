package dev.voxlog.stt;

import dev.voxlog.schemas.TranscriptEvent;
import java.util.HashMap;
import java.util.Map;

/// The onsets a predecessor has already written: an utterance that is heard again keeps number and onset.
final class RecordedOnsets {
  private final Map<Integer, Long> onsets = new HashMap<>();

  void note(TranscriptEvent.SpeechStarted started) {
    onsets.put(started.utterance(), started.onsetMs() * AudioTape.SAMPLES_PER_MS);
  }

  /// The recorded onset in samples of the media clock, or the one just heard.
  long onset(int utterance, long heard) {
    Long recorded = onsets.remove(utterance);
    return recorded == null ? heard : recorded;
  }
}
