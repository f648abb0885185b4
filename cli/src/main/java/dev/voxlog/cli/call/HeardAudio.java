package dev.voxlog.cli.call;

import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.Utterance;
import dev.voxlog.testkit.twilio.WireEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of the agent's audio the caller heard, and when, all in samples or milliseconds of the
/// recording.
///
/// Marks say which sentence the audio before them belongs to; without marks of ours only sound and
/// silence are told apart.
final class HeardAudio {
  private static final Pattern MARK = Pattern.compile("[^/]+/(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final int AUDIBLE = 184; // -45 dBFS
  private static final int FRAME = 160;

  private final CallRecording recording;
  private final short[] heard;
  private final Map<String, Begin> begins = new TreeMap<>();
  private final List<Long> starts = new ArrayList<>();

  /// A sentence's first audio: when it came in, and the sample where it was played.
  record Begin(double arrivedMs, long sample) {}

  HeardAudio(CallRecording recording) {
    this.recording = recording;
    this.heard = recording.heard();
    follow();
  }

  /// Counts what came in and what was dropped, so that every byte's place in what was heard is
  /// known.
  private void follow() {
    long received = 0;
    long dropped = 0;
    WireEvent first = null;
    long firstByte = 0;
    for (WireEvent event : recording.events()) {
      switch (event.kind()) {
        case MEDIA -> {
          if (first == null) {
            first = event;
            firstByte = received - dropped;
          }
          received += event.bytes();
        }
        case CLEAR -> {
          dropped = received - playedBy(event.atMs());
          first = null;
        }
        case MARK -> {
          Matcher mark = MARK.matcher(event.detail());
          if (mark.matches() && first != null) {
            begin(mark.group(1) + "." + mark.group(2), first, firstByte);
          }
          first = null;
        }
        default -> {}
      }
    }
  }

  private void begin(String sentence, WireEvent first, long firstByte) {
    OptionalLong sample = sampleOf(firstByte);
    if (sample.isPresent()
        && begins.putIfAbsent(sentence, new Begin(first.atMs(), sample.getAsLong())) == null) {
      starts.add(sample.getAsLong());
    }
  }

  /// How many of the agent's samples had been taken for playing by then; a frame is taken whole
  /// when it begins.
  private long playedBy(double ms) {
    long until = (Math.max(0, (long) (ms / 20)) + 1) * FRAME;
    return recording.played().stream()
        .mapToLong(each -> Math.clamp(until - each.startSample(), 0, each.samples()))
        .sum();
  }

  /// Where the n-th of the agent's samples that were not dropped was played.
  private OptionalLong sampleOf(long n) {
    long before = 0;
    for (Utterance stretch : recording.played()) {
      if (n < before + stretch.samples()) {
        return OptionalLong.of(stretch.startSample() + n - before);
      }
      before += stretch.samples();
    }
    return OptionalLong.empty();
  }

  /// When the sentence's first audio came in on the wire.
  OptionalDouble arrived(int turn, int sentence) {
    Begin begin = begins.get(turn + "." + sentence);
    return begin == null ? OptionalDouble.empty() : OptionalDouble.of(begin.arrivedMs());
  }

  /// When the sentence's first audible sample was played.
  OptionalDouble audible(int turn, int sentence) {
    Begin begin = begins.get(turn + "." + sentence);
    return begin == null ? OptionalDouble.empty() : audibleFrom(begin.sample() / 8.0);
  }

  /// When anything of the agent's was first audible from here on.
  OptionalDouble audibleFrom(double ms) {
    for (int at = (int) Math.max(0, Math.ceil(ms * 8)); at < heard.length; at++) {
      if (Math.abs(heard[at]) >= AUDIBLE) {
        return OptionalDouble.of(at / 8.0);
      }
    }
    return OptionalDouble.empty();
  }
}
