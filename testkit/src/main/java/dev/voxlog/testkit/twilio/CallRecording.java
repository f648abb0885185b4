package dev.voxlog.testkit.twilio;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Wav;
import dev.voxlog.schemas.AudioBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A call from the caller's side: what was said, what the ear heard, and what went over the wire,
/// on one clock.
///
/// Sample n lies n/8 ms after [#startedAt], the moment the first stream was open. A frame of the
/// caller's voice is sent at the end of its 20 ms; a frame of the agent's is heard from the moment
/// it is played, not from when it arrived.
public final class CallRecording {
  private final CallPlan.Identity identity;
  private final Instant startedAt;
  private final Sound sound;
  private final List<WireEvent> events;
  private final Outcome outcome;

  /// Both sides in µ-law.
  record Sound(AudioBytes said, AudioBytes heard, List<Utterance> spoken, List<Utterance> played) {}

  record Outcome(Pacing pacing, Ending ending) {}

  CallRecording(
      CallPlan.Identity identity,
      Instant startedAt,
      Sound sound,
      List<WireEvent> events,
      Outcome outcome) {
    this.identity = identity;
    this.startedAt = startedAt;
    this.sound = sound;
    this.events = events;
    this.outcome = outcome;
  }

  public CallPlan.Identity identity() {
    return identity;
  }

  /// Sample 0 by the machine's clock.
  public Instant startedAt() {
    return startedAt;
  }

  /// The caller's voice as it went out, 8 kHz.
  public short[] said() {
    return G711.decodeMulaw(sound.said().array());
  }

  /// What the caller's ear heard, 8 kHz.
  public short[] heard() {
    return G711.decodeMulaw(sound.heard().array());
  }

  /// The caller's utterances in order.
  public List<Utterance> spoken() {
    return sound.spoken();
  }

  /// Unbroken stretches in which the agent's audio was played.
  public List<Utterance> played() {
    return sound.played();
  }

  public List<WireEvent> events() {
    return events;
  }

  public List<WireEvent> events(WireEvent.Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).toList();
  }

  /// The first event of the kind at or after a time in milliseconds on the caller's clock.
  public Optional<WireEvent> firstAfter(double ms, WireEvent.Kind kind) {
    Predicate<WireEvent> fits = event -> event.kind() == kind && event.atMs() >= ms;
    return events.stream().filter(fits).findFirst();
  }

  public Pacing pacing() {
    return outcome.pacing();
  }

  public Ending ending() {
    return outcome.ending();
  }

  /// Stereo: left the caller, right what they heard.
  public Wav stereo() {
    int length = Math.max(sound.said().length(), sound.heard().length());
    return new Wav(
        8_000,
        new float[][] {
          Pcm.toFloats(Arrays.copyOf(said(), length)), Pcm.toFloats(Arrays.copyOf(heard(), length))
        });
  }

  public void writeStereo(Path file) throws IOException {
    stereo().write(file);
  }
}
