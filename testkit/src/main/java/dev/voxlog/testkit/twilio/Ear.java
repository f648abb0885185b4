package dev.voxlog.testkit.twilio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// The carrier's playback buffer: what was sent is played in order and in real time, marks come
/// back once what is before them has been played or cleared. Confined to one thread.
final class Ear {
  private static final byte SILENCE = (byte) 0xFF;

  private final Deque<byte[]> buffer = new ArrayDeque<>();
  private final Deque<PendingMark> marks = new ArrayDeque<>();
  private int headOffset;
  private long received;
  private long taken;
  private long played;

  private record PendingMark(String name, long position) {}

  void receive(byte[] mulaw) {
    if (mulaw.length > 0) {
      buffer.add(mulaw);
      received += mulaw.length;
    }
  }

  /// Gives the marks to return at once: this one if everything before it has been played.
  List<String> mark(String name) {
    if (played >= received) {
      return List.of(name);
    }
    marks.add(new PendingMark(name, received));
    return List.of();
  }

  /// Drops what has not been played; gives the marks that come back for it.
  List<String> clear() {
    buffer.clear();
    headOffset = 0;
    taken = received;
    played = received;
    return passed();
  }

  /// What was taken by the last [#play] has been played by now; gives the marks passed.
  List<String> finishFrame() {
    played = taken;
    return passed();
  }

  private List<String> passed() {
    List<String> names = new ArrayList<>(1);
    while (!marks.isEmpty() && marks.peek().position() <= played) {
      names.add(marks.remove().name());
    }
    return names;
  }

  /// Fills the frame with what is to be played next, silence where there is nothing; gives how many
  /// bytes were there.
  int play(byte[] frame) {
    int filled = 0;
    while (filled < frame.length && !buffer.isEmpty()) {
      byte[] head = buffer.peek();
      int count = Math.min(frame.length - filled, head.length - headOffset);
      System.arraycopy(head, headOffset, frame, filled, count);
      filled += count;
      headOffset += count;
      if (headOffset == head.length) {
        buffer.remove();
        headOffset = 0;
      }
    }
    taken += filled;
    Arrays.fill(frame, filled, frame.length, SILENCE);
    return filled;
  }

  /// Milliseconds that are waiting to be played.
  long backlogMs() {
    return (received - taken) / 8;
  }
}
