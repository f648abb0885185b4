package dev.voxlog.ingress;

import dev.voxlog.schemas.CallEvent;
import org.jspecify.annotations.Nullable;

/// What the log says of a call, as far as ingress needs it: `attach` is the highest number given, 0
/// before the first.
record KnownCall(
    boolean isStarted,
    int attach,
    long baseMs,
    CallEvent.@Nullable Detached detached,
    @Nullable String transferTo,
    @Nullable String ended) {
  private static final String TRANSFERRED = "transferred";
  static final KnownCall UNKNOWN = new KnownCall(false, 0, 0, null, null, null);

  /// Reading a record twice changes nothing.
  KnownCall after(CallEvent event) {
    return switch (event) {
      case CallEvent.Started _ -> new KnownCall(true, attach, baseMs, detached, transferTo, ended);
      case CallEvent.Attached a when a.attach() > attach ->
          new KnownCall(isStarted, a.attach(), a.baseMs(), null, transferTo, ended);
      case CallEvent.Detached d when d.attach() == attach ->
          new KnownCall(isStarted, attach, baseMs, d, transferTo, ended);
      case CallEvent.Transfer t ->
          new KnownCall(isStarted, attach, baseMs, detached, t.destination(), ended);
      case CallEvent.Ended e ->
          new KnownCall(isStarted, attach, baseMs, detached, transferTo, e.reason());
      default -> this;
    };
  }

  /// The record never reached the log: what it began must be begun again. An attach's number is not
  /// given twice all the same, since a record reported lost may have arrived.
  KnownCall without(CallEvent event) {
    return event instanceof CallEvent.Started
        ? new KnownCall(false, attach, baseMs, detached, transferTo, ended)
        : this;
  }

  /// Where the media clock stood when the call was last heard of.
  long endMs() {
    return detached == null ? baseMs : Math.max(baseMs, detached.mediaMs());
  }

  /// What the carrier is to do once the stream is over.
  sealed interface Next {
    record HangUp() implements Next {}

    record Dial(String destination) implements Next {}

    record Connect() implements Next {}
  }

  /// By the call's last state: a transfer is dialled, an ended call hung up, a dropped stream
  /// connected again. How a call ended tells whether a transfer still held: the caller may have
  /// talked the agent out of it. A call whose start the log lost begins again.
  Next next(int mostAttaches) {
    boolean isTransferred = ended == null ? isHungUp() : ended.equals(TRANSFERRED);
    if (transferTo != null && isTransferred) {
      return new Next.Dial(transferTo);
    }
    boolean isOver = ended != null || isHungUp() || attach >= mostAttaches;
    return isOver ? new Next.HangUp() : new Next.Connect();
  }

  /// Neither begun nor ever attached, as far as the log and this node know.
  boolean isUnknown() {
    return !isStarted && attach == 0;
  }

  /// The stream was closed on purpose; why may still be on its way to the log.
  boolean isHungUp() {
    return detached != null
        && (detached.isHangUp() || detached.reason().equals(CallStream.AGENT_HUNG_UP));
  }

  boolean isDecided() {
    return ended != null;
  }
}
