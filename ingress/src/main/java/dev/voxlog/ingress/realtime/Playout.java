package dev.voxlog.ingress.realtime;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client that plays by itself has played: it returns no marks, so they are reckoned from
/// what was sent, which plays in real time from its first byte on. Where the client stopped it says
/// by a truncation, before or after the clear that stops it here.
///
/// Places are bytes of audio sent since the start. Confined to one thread; time is what it is told.
public final class Playout {
  /// A client is told that its user speaks before, or with, the clear; what it then says of what it
  /// played is awaited this long.
  private static final Duration TRUNCATION_WAIT = Duration.ofMillis(500);

  /// A client that stopped by itself gets nothing more to play until the clear comes, which waits
  /// for the speech to be long enough; where none comes the agent goes on.
  private static final Duration CLEAR_WAIT = Duration.ofSeconds(1);

  private static final int MOST_SOUNDS = 2_000;

  /// More marks than anybody waits for.
  private static final int MOST_LOST = 4_096;

  private static final long SECOND_NANOS = 1_000_000_000L;

  /// What nobody sends ahead.
  private static final Duration LONGEST = Duration.ofHours(1);

  private final long bytesPerSecond;
  private final Outlet outlet;
  private final Deque<Sound> sounds = new ArrayDeque<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final List<Held> held = new ArrayList<>();

  /// Marks of what the client dropped by itself; they come back with the next clear.
  private final Deque<String> lost = new ArrayDeque<>();

  private Phase phase = Phase.PLAYING;
  private long sent;
  private long played;

  /// Where playing was when it last began, and when that was.
  private long begunPlace;

  private Instant begunAt = Instant.EPOCH;
  private Instant waitsUntil = Instant.MAX;
  private @Nullable Cut cut;

  private enum Phase {
    PLAYING,
    /// The client has stopped, the clear is to come; what is to be played is held.
    STOPPED,
    /// Cleared; where the client stopped is to come, marks are held.
    CLEARED
  }

  /// Where things go.
  public interface Outlet {
    /// Sends audio; gives the item it belongs to.
    String send(String chunk, AudioBytes audio);

    void returned(String mark);

    /// The client stopped `ms` into the chunk.
    void truncated(String chunk, long ms);

    /// What is sent from here on follows something broken off.
    void brokenOff();
  }

  private record Sound(String itemId, String chunk, long from, long to) {}

  private record Mark(String name, long at) {}

  private record Cut(String chunk, long ms) {}

  /// A chunk's audio, or a mark where there is none.
  private record Held(String name, @Nullable AudioBytes audio) {}

  public Playout(Codec codec, Outlet outlet) {
    bytesPerSecond = (long) codec.sampleRate() * codec.bytesPerSample();
    this.outlet = outlet;
  }

  // From egress.

  public void audio(String chunk, AudioBytes audio, Instant now) {
    wake(now);
    if (phase == Phase.STOPPED) {
      held.add(new Held(chunk, audio));
      return;
    }
    endWait();
    sent(outlet.send(chunk, audio), chunk, audio.length(), now);
  }

  private void sent(String itemId, String chunk, int bytes, Instant now) {
    if (played == sent) {
      begunPlace = played;
      begunAt = now;
    }
    sounds.add(new Sound(itemId, chunk, sent, sent + bytes));
    if (sounds.size() > MOST_SOUNDS) {
      sounds.remove();
    }
    sent += bytes;
  }

  /// The node itself has said something, which is of no chunk.
  public void announced(String itemId, int bytes, Instant now) {
    wake(now);
    endWait();
    sent(itemId, "", bytes, now);
  }

  public void mark(String name, Instant now) {
    wake(now);
    if (phase == Phase.PLAYING) {
      marks.add(new Mark(name, sent));
      returnPlayed();
    } else {
      held.add(new Held(name, null));
    }
  }

  /// What was not played is dropped; its marks come back at once.
  public void clear(Instant now) {
    wake(now);
    boolean wasPlaying = played < sent;
    outlet.brokenOff();
    if (phase == Phase.CLEARED) {
      return;
    }
    if (phase == Phase.STOPPED) {
      Cut where = cut;
      if (where != null) {
        outlet.truncated(where.chunk(), where.ms());
      }
      phase = Phase.PLAYING;
    } else if (wasPlaying) {
      phase = Phase.CLEARED;
      waitsUntil = now.plus(TRUNCATION_WAIT);
    }
    List<String> dropped = new ArrayList<>(lost);
    lost.clear();
    marks.forEach(mark -> dropped.add(mark.name()));
    held.stream().filter(waiting -> waiting.audio() == null).forEach(m -> dropped.add(m.name()));
    held.clear();
    marks.clear();
    cut = null;
    sent = played;
    dropped.forEach(outlet::returned);
  }

  // From the client.

  /// It has played so much of the item's audio, and plays no more of it.
  public void stopped(String itemId, long ms, Instant now) {
    wake(now);
    Sound last = sounds.peekLast();
    if (last == null || !last.itemId().equals(itemId) || phase == Phase.STOPPED) {
      return;
    }
    boolean wasPlaying = phase == Phase.CLEARED || played < sent;
    Sound sound = at(itemId, ms);
    if (!wasPlaying || sound == null) {
      return;
    }
    long place = Math.min(sound.to(), start(itemId) + ms * bytesPerSecond / 1_000);
    cut = new Cut(sound.chunk(), (place - sound.from()) * 1_000 / bytesPerSecond);
    if (phase == Phase.CLEARED) {
      endWait();
    } else {
      phase = Phase.STOPPED;
      waitsUntil = now.plus(CLEAR_WAIT);
      played = place;
      returnPlayed();
      sent = place;
      if (sound.chunk().isEmpty()) {
        phase = Phase.PLAYING;
      }
    }
  }

  private long start(String itemId) {
    return sounds.stream()
        .filter(sound -> sound.itemId().equals(itemId))
        .mapToLong(Sound::from)
        .findFirst()
        .orElse(0);
  }

  /// The sound that is heard at so much of the item, the last one at its end.
  private @Nullable Sound at(String itemId, long ms) {
    long place = start(itemId) + ms * bytesPerSecond / 1_000;
    Sound found = null;
    for (Sound sound : sounds) {
      if (sound.itemId().equals(itemId) && (found == null || sound.from() <= place)) {
        found = sound;
      }
    }
    return found;
  }

  // From the clock.

  /// When [#wake] has something to do; null if there is nothing.
  public @Nullable Instant wakesAt() {
    if (phase != Phase.PLAYING) {
      return waitsUntil;
    }
    Mark next = marks.peek();
    if (next == null) {
      return null;
    }
    long nanos = Math.ceilDiv((next.at() - begunPlace) * SECOND_NANOS, bytesPerSecond);
    return begunAt.plusNanos(nanos);
  }

  public void wake(Instant now) {
    reckon(now);
    if (phase == Phase.PLAYING) {
      returnPlayed();
    } else if (!now.isBefore(waitsUntil)) {
      if (phase == Phase.CLEARED) {
        endWait();
      } else {
        goOn(now);
      }
    }
  }

  private void reckon(Instant now) {
    if (played < sent && now.isAfter(begunAt)) {
      Duration passed = Duration.between(begunAt, now);
      boolean isAll = passed.compareTo(LONGEST) > 0;
      long bytes = isAll ? sent : passed.toNanos() * bytesPerSecond / SECOND_NANOS;
      played = Math.min(sent, Math.max(played, begunPlace + bytes));
    }
  }

  private void returnPlayed() {
    while (!marks.isEmpty() && marks.peek().at() <= played) {
      outlet.returned(marks.remove().name());
    }
  }

  /// The client has said where it stopped, or it will not.
  private void endWait() {
    if (phase != Phase.CLEARED) {
      return;
    }
    phase = Phase.PLAYING;
    waitsUntil = Instant.MAX;
    if (cut != null) {
      outlet.truncated(cut.chunk(), cut.ms());
    }
    cut = null;
    List<Held> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(mark -> outlet.returned(mark.name()));
  }

  /// The client stopped, but nobody here did: it plays what comes from here on. What it dropped was
  /// not heard, so its marks do not come back as if it were.
  private void goOn(Instant now) {
    phase = Phase.PLAYING;
    waitsUntil = Instant.MAX;
    cut = null;
    marks.forEach(mark -> lost.add(mark.name()));
    marks.clear();
    while (lost.size() > MOST_LOST) {
      lost.remove();
    }
    outlet.brokenOff();
    List<Held> waiting = List.copyOf(held);
    held.clear();
    for (Held one : waiting) {
      if (one.audio() == null) {
        mark(one.name(), now);
      } else {
        audio(one.name(), one.audio(), now);
      }
    }
  }
}
