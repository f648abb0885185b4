package dev.voxlog.ingress;

import dev.voxlog.ingress.RecordWriter.Outcome;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.StageName;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Writes one attach's records: audio placed on the call's media clock, what was lost told
/// afterwards as gaps. Confined to the node's event loop, but for what the log reports as lost.
final class StreamRecords {
  private static final int ERRORS_PER_ATTACH = 1_000;

  /// How much of one call's audio may wait for the log: a long outage is no call's to fill the
  /// memory with. The oldest is kept, so that what the log has is whole up to one gap.
  private static final long MOST_UNWRITTEN_MS = 10_000;

  private final Node node;
  private final Codec codec;
  private final CallId call;
  private final int attach;
  private final long baseMs;
  private final MediaTimeline timeline;
  private final AtomicLong unwrittenMs = new AtomicLong();
  private final Object lossLock = new Object();
  private @Nullable Loss loss;
  private String agent = "";
  private CallerMask mask = CallerMask.NONE;
  private long sequence;
  private int keys;
  private int marks;
  private int texts;
  private int cancels;
  private int requests;
  private int errors;
  private boolean isDetached;

  /// Audio that was received but could not be written.
  private record Loss(long fromMs, long toMs) {
    Loss and(Loss other) {
      return new Loss(Math.min(fromMs, other.fromMs), Math.max(toMs, other.toMs));
    }
  }

  StreamRecords(Node node, Codec codec, CallId call, int attach, long baseMs) {
    this.node = node;
    this.codec = codec;
    this.call = call;
    this.attach = attach;
    this.baseMs = baseMs;
    this.timeline = new MediaTimeline(baseMs);
  }

  CallId call() {
    return call;
  }

  int attach() {
    return attach;
  }

  String agent() {
    return agent;
  }

  private Instant now() {
    return node.log().clock().now();
  }

  void attached(String streamId, String agentKey, boolean takesEvents) {
    agent = agentKey;
    mask = node.config().agents().mask(agentKey);
    node.metrics().callBegan(agentKey);
    beginning(
        new CallEvent.Attached(
            call, now(), attach, streamId, codec, node.calls().mediaPort(), baseMs, takesEvents));
    if (attach > 1) {
      audio(new CallerAudio.Gap(call, now(), attach, sequence++, baseMs, null, "reconnected"), 0);
    }
  }

  void audio(long timestampMs, AudioBytes audio) {
    if (audio.length() == 0) {
      return;
    }
    long durationMs = codec.millis(audio.length());
    switch (timeline.place(timestampMs, durationMs)) {
      case MediaTimeline.Place.Nowhere(String reason) -> node.metrics().count(reason);
      case MediaTimeline.Place.At at when unwrittenMs.get() + durationMs > MOST_UNWRITTEN_MS ->
          lost(at.beginMs(), at.mediaMs() + durationMs);
      case MediaTimeline.Place.At at -> {
        tellLoss();
        MediaTimeline.Missing missing = at.missing();
        if (missing != null) {
          node.metrics().count("carrier-gap");
          gap(missing.mediaMs(), missing.durationMs(), "not-received");
        }
        frame(at.mediaMs(), durationMs, audio);
        mask.resting(timeline.endMs()).forEach(this::key);
      }
    }
  }

  private void frame(long mediaMs, long durationMs, AudioBytes audio) {
    CallerAudio frame =
        new CallerAudio.Frame(call, now(), attach, sequence++, mediaMs, codec, audio);
    unwrittenMs.addAndGet(durationMs);
    node.log()
        .writer()
        .write(
            frame,
            attach,
            isWritten -> {
              unwrittenMs.addAndGet(-durationMs);
              if (!isWritten) {
                lost(mediaMs, mediaMs + durationMs);
              }
            });
  }

  private void tellLoss() {
    Loss told;
    synchronized (lossLock) {
      told = loss;
      loss = null;
    }
    if (told != null) {
      long durationMs = told.toMs() - told.fromMs();
      CallerAudio gap =
          new CallerAudio.Gap(
              call, now(), attach, sequence++, told.fromMs(), durationMs, "not-written");
      node.log().writer().write(gap, attach, Outcome.ifLost(() -> remember(told)));
    }
  }

  private void gap(long mediaMs, long durationMs, String reason) {
    audio(
        new CallerAudio.Gap(call, now(), attach, sequence++, mediaMs, durationMs, reason),
        durationMs);
  }

  private void audio(CallerAudio record, long durationMs) {
    node.log()
        .writer()
        .write(
            record,
            attach,
            Outcome.ifLost(() -> lost(record.mediaMs(), record.mediaMs() + durationMs)));
  }

  private void lost(long fromMs, long toMs) {
    node.metrics().count("not-written");
    remember(new Loss(fromMs, toMs));
  }

  private void remember(Loss lost) {
    synchronized (lossLock) {
      loss = loss == null ? lost : loss.and(lost);
    }
  }

  /// Writes a fact, known to this node's directory at once.
  void fact(CallEvent event) {
    node.log().directory().note(call, event);
    node.log()
        .writer()
        .write(event, attach, Outcome.ifLost(() -> node.metrics().count("not-written")));
  }

  void started(CallEvent.Started event) {
    beginning(event);
  }

  /// Writes a fact without which nobody hears the caller.
  private void beginning(CallEvent event) {
    node.log().directory().note(call, event);
    node.log()
        .writer()
        .write(
            event,
            attach,
            Outcome.ifLost(() -> {
              node.metrics().count("not-written");
              node.loop().execute(() -> notBegun(event));
            }));
  }

  /// Closes the stream that counts on what was lost, be it this or a later one: the carrier then
  /// connects again, and the call begins anew.
  private void notBegun(CallEvent lost) {
    node.log().directory().unwritten(call, lost);
    CallStream current = node.calls().stream(call);
    if (current == null) {
      return;
    }
    boolean isLaterOne = lost instanceof CallEvent.Started && current.isStreaming();
    if (isLaterOne || current.attach() == attach) {
      node.metrics().count("call-not-begun");
      current.close(1011, "the log did not take the call");
    }
  }

  void dtmf(String digit) {
    mask.pressed(digit, timeline.endMs()).forEach(this::key);
  }

  private void key(String told) {
    fact(new CallEvent.Dtmf(call, now(), attach, ++keys, told, timeline.endMs()));
  }

  void mark(String name) {
    fact(new CallEvent.Mark(call, now(), attach, ++marks, name, timeline.endMs()));
  }

  void typed(String text) {
    String kept = mask.typed(text, timeline.endMs());
    fact(new CallEvent.Typed(call, now(), attach, ++texts, kept, timeline.endMs()));
  }

  /// The caller's program asks that the agent stop.
  void cancel() {
    fact(new CallEvent.Cancel(call, now(), attach, ++cancels, timeline.endMs()));
  }

  /// The caller's program asks for an answer to what was said so far.
  void asked() {
    fact(new CallEvent.Asked(call, now(), attach, ++requests, timeline.endMs()));
  }

  /// What was written since the last commit is an utterance. Gives how far the call has come.
  long committed() {
    tellLoss();
    long mediaMs = timeline.endMs();
    audio(new CallerAudio.Committed(call, now(), attach, sequence++, mediaMs), 0);
    return mediaMs;
  }

  /// What was written since the last commit is not to be heard.
  void cleared() {
    audio(new CallerAudio.Cleared(call, now(), attach, sequence++, timeline.endMs()), 0);
  }

  void error(String reason, String detail) {
    int n = (attach - 1) * ERRORS_PER_ATTACH + ++errors;
    fact(new CallEvent.Error(call, now(), StageName.INGRESS, n, reason, detail));
  }

  /// The attach's last records. A second call changes nothing.
  void detached(boolean isHangUp, String reason) {
    if (isDetached) {
      return;
    }
    isDetached = true;
    mask.ending().forEach(this::key);
    tellLoss();
    audio(new CallerAudio.End(call, now(), attach, sequence++, timeline.endMs()), 0);
    fact(new CallEvent.Detached(call, now(), attach, isHangUp, reason, timeline.endMs()));
    node.metrics().callLeft(agent);
  }
}
