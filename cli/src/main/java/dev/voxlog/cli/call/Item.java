package dev.voxlog.cli.call;

import dev.voxlog.testkit.twilio.Utterance;
import dev.voxlog.testkit.twilio.WireEvent;
import java.util.List;
import java.util.OptionalDouble;

/// Something the caller has said, with its place in the recording.
record Item(Kind kind, Sound sound, Utterance place) {
  private static final int FRAME = 160;

  /// Why it was said.
  enum Kind {
    FILE,
    /// Answers a question of yes or no.
    REPLY,
    /// Says the digits once more.
    AGAIN,
    INTERRUPT
  }

  double startMs() {
    return place.startMs();
  }

  /// The end of the clean speech; without any, the end of the file.
  double speechEndMs() {
    return sound.edges().isAny()
        ? (place.startSample() + sound.edges().end()) / 8.0
        : place.endMs();
  }

  /// When the first voiced frame had been sent: the line sends whole frames of 20 ms.
  double voicedSentMs() {
    long sample = place.startSample() + Math.max(0, sound.edges().voiced());
    return (Math.floorDiv(sample, FRAME) + 1) * FRAME / 8.0;
  }

  /// From the first voiced frame sent to the first `clear` that came while it was said, or soon
  /// after.
  OptionalDouble clearMs(List<WireEvent> events, double patienceMs) {
    double from = voicedSentMs();
    double to = Math.max(place.endMs(), from) + patienceMs;
    return events.stream()
        .filter(event ->
            event.kind() == WireEvent.Kind.CLEAR && event.atMs() >= from && event.atMs() <= to)
        .mapToDouble(event -> event.atMs() - from)
        .findFirst();
  }
}
