package dev.voxlog.stt;

import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the caller types: each text is an utterance of its own, and waits while one is spoken.
///
/// Until a typed utterance is in the log the call is not at rest; then it is checkpointed at once.
/// So what was typed is read again only together with what was written for it.
final class Typing {
  static final String WRITTEN = "typed";

  /// The engine that a typed utterance's Final names.
  static final String ENGINE = "typed";

  private final CallView call;
  private final Effects effects;
  private final WrittenWords written;
  private final Deque<CallEvent.Typed> waiting = new ArrayDeque<>();
  private boolean isWritten = true;

  Typing(CallView call, Effects effects, WrittenWords written) {
    this.call = call;
    this.effects = effects;
    this.written = written;
  }

  static String text(CallEvent.Typed typed) {
    return typed.text().strip();
  }

  void add(CallEvent.Typed typed) {
    waiting.add(typed);
  }

  /// The next text that waits, null if none does.
  CallEvent.@Nullable Typed next() {
    return waiting.poll();
  }

  /// Tells it as a whole utterance, without what the agent file masks.
  void tell(CallEvent.Typed typed, int utterance) {
    long ms = typed.mediaMs();
    effects.emit(new TranscriptEvent.SpeechStarted(call.id(), effects.now(), utterance, ms, ms));
    TranscriptEvent.Final told =
        new TranscriptEvent.Final(
            call.id(),
            effects.now(),
            utterance,
            written.whole(text(typed), ms).text(),
            1,
            List.of(),
            ms,
            ms,
            ms,
            ENGINE,
            0);
    written.note(told);
    effects.emit(told);
    effects.emit(
        new TranscriptEvent.SpeechEnded(call.id(), effects.now(), utterance, true, ms, ms));
    isWritten = false;
    effects.written(WRITTEN);
  }

  void written() {
    isWritten = true;
  }

  boolean isAtRest() {
    return waiting.isEmpty() && isWritten;
  }
}
