package dev.voxlog.runtime;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import org.jspecify.annotations.Nullable;

/// A record on its way to a call's step, with what a dead letter needs of it. `isOwn` marks what
/// the stage itself wrote.
record Arrival(
    Topic topic,
    int partition,
    long offset,
    long recordedAtMs,
    VoxEvent event,
    byte[] raw,
    @Nullable String traceparent,
    boolean isOwn) {
  private static final int OVERHEAD = 400;
  private static final int NOT_FENCED = Integer.MAX_VALUE;

  WireHeaders.Cause cause() {
    return new WireHeaders.Cause(topic, partition, offset);
  }

  /// About what it takes of the heap while it waits: the bytes, and the event made of them.
  int weight() {
    return 2 * raw.length + OVERHEAD;
  }

  /// The attach that ingress wrote it under, or more than any where none says so.
  int attach() {
    return switch (event) {
      case CallerAudio audio -> audio.attach();
      case CallEvent.Attached attached -> attached.attach();
      case CallEvent.Detached detached -> detached.attach();
      case CallEvent.Dtmf dtmf -> dtmf.attach();
      case CallEvent.Mark mark -> mark.attach();
      case CallEvent.Typed typed -> typed.attach();
      case CallEvent.Cancel cancel -> cancel.attach();
      case CallEvent.Asked asked -> asked.attach();
      default -> NOT_FENCED;
    };
  }

  boolean isFencedByAttach() {
    return attach() != NOT_FENCED;
  }

  /// How long the caller's audio in it is.
  long audioMs() {
    return event instanceof CallerAudio.Frame frame
        ? frame.codec().millis(frame.audio().length())
        : 0;
  }

  /// Whether a call under pressure does without it: what comes after says more.
  boolean isProvisional() {
    return event instanceof TranscriptEvent.Interim
        || (event instanceof Understanding.Understood understood && !understood.isFinal());
  }
}
