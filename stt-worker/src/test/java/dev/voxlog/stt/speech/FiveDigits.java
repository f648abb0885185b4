package dev.voxlog.stt.speech;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Strings of five digits, glued from recordings of single ones.
public final class FiveDigits {
  private FiveDigits() {}

  /// Five of one speaker after each other, 150 ms apart, by phone.
  public static List<Recording> of(List<Recording> digits) {
    List<Recording> strings = new ArrayList<>();
    List<Recording> ordered =
        digits.stream().sorted(Comparator.comparing(FiveDigits::speakerThenTake)).toList();
    for (int from = 0; from + 5 <= ordered.size(); from += 5) {
      List<Recording> five = ordered.subList(from, from + 5);
      int length = five.stream().mapToInt(each -> each.pcm16k().length + 2_400).sum() + 7_200;
      float[] audio = new float[length];
      int at = 4_800;
      for (Recording each : five) {
        System.arraycopy(each.pcm16k(), 0, audio, at, each.pcm16k().length);
        at += each.pcm16k().length + 2_400;
      }
      strings.add(
          new Recording("", String.join(" ", five.stream().map(Recording::text).toList()), audio)
              .byPhone());
    }
    return strings;
  }

  /// File names are digit_speaker_take.
  private static String speakerThenTake(Recording recording) {
    String[] parts = recording.name().replace(".wav", "").split("_");
    return parts[1] + parts[2] + (7 * Integer.parseInt(parts[0]) % 10);
  }
}
