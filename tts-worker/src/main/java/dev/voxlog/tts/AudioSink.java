package dev.voxlog.tts;

import dev.voxlog.schemas.Word;
import java.util.List;

/// Takes a clause's sound piece by piece.
public interface AudioSink {

  /// The clause's written words, timed from its start; called once, before any audio.
  void words(List<Word> words);

  /// The next samples, −1 to 1; the array is the sink's to keep.
  void audio(float[] samples);
}
