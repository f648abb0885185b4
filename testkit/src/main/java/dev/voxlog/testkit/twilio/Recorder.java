package dev.voxlog.testkit.twilio;

import dev.voxlog.schemas.AudioBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects a call's audio, wire events and own lateness on the caller's clock. Confined to one
/// thread.
final class Recorder {
  private final long createdNanos = System.nanoTime();
  private final Instant createdAt = Instant.now();
  private final List<WireEvent> events = new ArrayList<>();
  private final List<Utterance> spoken = new ArrayList<>();
  private final List<Utterance> played = new ArrayList<>();
  private byte[] said = new byte[8_000 * 30];
  private byte[] heard = new byte[8_000 * 30];
  private int saidLength;
  private int heardLength;
  private long zeroNanos = createdNanos;
  private boolean isRunning;
  private long steps;
  private long lateSum;
  private long lateMax;
  private long late10;

  /// Sample 0 is at `nanos`; events so far move to times before it.
  void startClock(long nanos) {
    if (!isRunning) {
      long shift = (nanos - zeroNanos) / 1000;
      events.replaceAll(e -> new WireEvent(e.atMicros() - shift, e.kind(), e.detail(), e.bytes()));
      zeroNanos = nanos;
      isRunning = true;
    }
  }

  boolean isRunning() {
    return isRunning;
  }

  void event(WireEvent.Kind kind, String detail, int bytes) {
    events.add(new WireEvent((System.nanoTime() - zeroNanos) / 1000, kind, detail, bytes));
  }

  void late(long nanos) {
    steps++;
    lateSum += nanos;
    lateMax = Math.max(lateMax, nanos);
    if (nanos > 10_000_000) {
      late10++;
    }
  }

  long saidSamples() {
    return saidLength;
  }

  void said(byte[] frame) {
    said = append(said, saidLength, frame);
    saidLength += frame.length;
  }

  /// Of the frame, `audible` bytes came from the agent.
  void heard(byte[] frame, int audible) {
    if (audible > 0) {
      boolean goesOn = !played.isEmpty() && played.getLast().endSample() == heardLength;
      Utterance before = goesOn ? played.removeLast() : new Utterance(heardLength, 0);
      played.add(new Utterance(before.startSample(), before.samples() + audible));
    }
    heard = append(heard, heardLength, frame);
    heardLength += frame.length;
  }

  void spoken(Utterance utterance) {
    spoken.add(utterance);
  }

  private static byte[] append(byte[] to, int length, byte[] frame) {
    byte[] room = length + frame.length > to.length ? Arrays.copyOf(to, to.length * 2) : to;
    System.arraycopy(frame, 0, room, length, frame.length);
    return room;
  }

  CallRecording snapshot(CallPlan.Identity identity, Ending ending) {
    double mean = steps == 0 ? 0 : lateSum / 1e6 / steps;
    return new CallRecording(
        identity,
        createdAt.plusNanos(zeroNanos - createdNanos),
        new CallRecording.Sound(
            AudioBytes.wrap(Arrays.copyOf(said, saidLength)),
            AudioBytes.wrap(Arrays.copyOf(heard, heardLength)),
            List.copyOf(spoken),
            List.copyOf(played)),
        List.copyOf(events),
        new CallRecording.Outcome(new Pacing(steps, mean, lateMax / 1e6, late10), ending));
  }
}
