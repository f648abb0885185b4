package dev.voxlog.stt;

import dev.voxlog.runtime.CallView;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.text.Heard;
import dev.voxlog.text.Masked;
import dev.voxlog.text.Masker;
import java.nio.ByteBuffer;

/// What is written of a call's words: all but what the agent file masks.
///
/// What decides about the next utterance follows from the finals that were written, so that whoever
/// takes over masks the same.
final class WrittenWords {
  private final CallView call;
  private final Masker masker;
  private Heard heard = Heard.NOTHING;

  WrittenWords(CallView call) {
    this.call = call;
    this.masker = new Masker(call.agent().agent());
  }

  /// Of words that may not be all of their utterance.
  Masked soFar(String text, long onsetMs) {
    return mask(text, onsetMs, false);
  }

  /// Of a whole utterance.
  Masked whole(String text, long onsetMs) {
    return mask(text, onsetMs, true);
  }

  private Masked mask(String text, long onsetMs, boolean isWhole) {
    return masker.mask(text, heard.at(onsetMs), masker.awaited(call.expects()), isWhole);
  }

  /// A final that is, or was, written.
  void note(TranscriptEvent.Final told) {
    heard = heard.and(told.text(), told.onsetMs(), told.endMs());
  }

  /// What later utterances need at `mediaMs`.
  byte[] bytes(long mediaMs) {
    return heard.at(mediaMs).bytes();
  }

  void read(ByteBuffer from) {
    heard = Heard.read(from);
  }
}
