package dev.voxlog.egress;

import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// An ingress node and the carrier behind it, for one call: who may play is fenced by epoch and
/// sequence, audio is played in real time, marks come back when what is before them has been played
/// or cleared.
final class CarrierModel {
  /// µ-law at first.
  int bytesPerMs = 8;

  private final VoxClock clock;
  private final Consumer<MediaFrame.Report> reports;
  private final Consumer<String> marksReturned;
  private final List<Played> played = new ArrayList<>();
  private final Deque<PendingMark> marks = new ArrayDeque<>();
  private final List<MediaFrame.Command> accepted = new ArrayList<>();
  private final List<ClientEvent> told = new ArrayList<>();
  private long epoch = Long.MIN_VALUE;
  private long seq;
  private String lastChunk = "";
  private Instant playedUntil = Instant.MIN;
  private int attach = 1;
  private boolean isGone;
  private boolean isHungUp;

  /// A stretch of audio and when the caller heard it, from the first to the last moment.
  record Played(String chunk, AudioBytes audio, Instant from, Instant to) {}

  private record PendingMark(String name, Instant due) {}

  CarrierModel(
      VoxClock clock, Consumer<MediaFrame.Report> reports, Consumer<String> marksReturned) {
    this.clock = clock;
    this.reports = reports;
    this.marksReturned = marksReturned;
  }

  synchronized void take(MediaFrame.Command command) {
    if (isGone) {
      reports.accept(new MediaFrame.Gone(command.callId(), command.epoch()));
      return;
    }
    if (command.epoch() < epoch) {
      reports.accept(new MediaFrame.Refused(command.callId(), command.epoch(), epoch));
      return;
    }
    if (command.epoch() == epoch
        && command.seq() <= seq
        && !(command instanceof MediaFrame.Attach)) {
      return;
    }
    epoch = command.epoch();
    seq = command.seq();
    accepted.add(command);
    switch (command) {
      case MediaFrame.Attach a ->
          reports.accept(
              new MediaFrame.Accepted(
                  a.callId(),
                  epoch,
                  attach,
                  lastChunk,
                  marks.stream().map(PendingMark::name).toList()));
      case MediaFrame.Audio audio -> play(audio);
      case MediaFrame.Mark mark -> mark(mark);
      case MediaFrame.Clear _ -> clear(command);
      case MediaFrame.HangUp _ -> isHungUp = true;
      case MediaFrame.Tell tell -> told.add(tell.event());
    }
  }

  private void play(MediaFrame.Audio audio) {
    Instant from = playedUntil.isAfter(clock.now()) ? playedUntil : clock.now();
    playedUntil = from.plusMillis(audio.audio().length() / bytesPerMs);
    played.add(new Played(audio.chunk(), audio.audio(), from, playedUntil));
    lastChunk = audio.chunk();
  }

  private void mark(MediaFrame.Mark mark) {
    Instant now = clock.now();
    Instant due = playedUntil.isAfter(now) ? playedUntil : now;
    marks.add(new PendingMark(mark.name(), due));
    var _ = clock.schedule(Duration.between(now, due), () -> returnPlayed(mark));
  }

  private void returnPlayed(MediaFrame.Mark mark) {
    List<String> returned = new ArrayList<>();
    synchronized (this) {
      while (!marks.isEmpty() && !marks.peek().due().isAfter(clock.now())) {
        returned.add(marks.remove().name());
      }
    }
    returned.forEach(name -> returned(mark, name));
  }

  private void returned(MediaFrame.Command command, String name) {
    reports.accept(new MediaFrame.Played(command.callId(), attach, name));
    marksReturned.accept(name);
  }

  private void clear(MediaFrame.Command command) {
    stopPlaying();
    List<PendingMark> dropped = List.copyOf(marks);
    marks.clear();
    dropped.forEach(mark -> returned(command, mark.name()));
  }

  private void stopPlaying() {
    Instant now = clock.now();
    played.removeIf(each -> !each.from().isBefore(now));
    if (!played.isEmpty() && played.getLast().to().isAfter(now)) {
      Played cut = played.removeLast();
      int bytes = (int) Duration.between(cut.from(), now).toMillis() * bytesPerMs;
      played.add(new Played(cut.chunk(), cut.audio().slice(0, bytes), cut.from(), now));
    }
    playedUntil = now;
    lastChunk = "";
  }

  /// The caller's socket is gone; what was not played is lost.
  synchronized void drop() {
    isGone = true;
    stopPlaying();
    marks.clear();
  }

  /// The caller is back on another stream.
  synchronized void reattach() {
    isGone = false;
    attach++;
  }

  /// What the caller's program was told, with what was told again.
  synchronized List<ClientEvent> told() {
    return List.copyOf(told);
  }

  synchronized boolean isHungUp() {
    return isHungUp;
  }

  synchronized List<Played> played() {
    return List.copyOf(played);
  }

  /// The bytes the caller has heard by now, pauses left out.
  synchronized byte[] heard() {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    Instant now = clock.now();
    for (Played each : played) {
      long ms =
          Math.clamp(
              Duration.between(each.from(), now).toMillis(), 0, each.audio().length() / bytesPerMs);
      heard.write(each.audio().array(), 0, (int) ms * bytesPerMs);
    }
    return heard.toByteArray();
  }

  synchronized <C extends MediaFrame.Command> List<C> commands(Class<C> type) {
    return accepted.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// How often each chunk was sent.
  synchronized Map<String, Integer> timesSent() {
    Map<String, Integer> times = new TreeMap<>();
    commands(MediaFrame.Audio.class).forEach(audio -> times.merge(audio.chunk(), 1, Integer::sum));
    return times;
  }
}
