package dev.voxlog.stt;

import dev.voxlog.schemas.CallEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How long a silence must be before it ends the utterance, judged by the words so far.
final class TurnEnd {
  private static final Set<String> UNFINISHED =
      Set.of(
          "and", "but", "or", "so", "because", "if", "when", "that", "which", "um", "uh", "er", "hmm", "well", "like",
          "the", "a", "an", "my", "your", "our", "his", "her", "their", "this", "to", "of", "for", "with", "from", "in",
          "on", "at", "by", "about", "is", "are", "was", "it's", "i'm", "i", "we", "you", "need", "want", "number");
  private static final Set<String> COMPLETE =
      Set.of("yes", "no", "yeah", "yep", "nope", "okay", "ok", "sure", "right", "correct", "thanks", "goodbye", "bye", "hello");
  private static final int ID_DIGITS = 5;

  private final Duration min;
  private final Duration max;

  TurnEnd(Duration min, Duration max) {
    this.min = min;
    this.max = max;
  }

  Duration after(String text, CallEvent.@Nullable Expects expects) {
    String[] words = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9' ]", " ").trim().split("\\s+");
    String last = words[words.length - 1];
    boolean isSpelling = expects != null && (expects.answer() == CallEvent.Answer.DIGITS || expects.answer() == CallEvent.Answer.CODE);
    int digits = trailingDigits(words);
    if (isSpelling) {
      return expects.length() > 0 && digits >= expects.length() ? min : digits == 0 && words.length > 2 ? middle() : max;
    }
    if (digits > 0) {
      return digits >= ID_DIGITS ? min : max;
    }
    if (UNFINISHED.contains(last) && !text.strip().endsWith("?")) {
      return max;
    }
    boolean isSentence = words.length >= 3 && text.strip().matches("(?s).*[.?!]");
    return isSentence || COMPLETE.contains(last) ? min : middle();
  }

  private Duration middle() {
    return min.plus(max.minus(min).dividedBy(3));
  }

  /// Digits said at the end of the words, whether written or spelled.
  private static int trailingDigits(String[] words) {
    int digits = 0;
    for (int i = words.length - 1; i >= 0; i--) {
      if (words[i].matches("\\d+")) {
        digits += words[i].length();
      } else if (words[i].matches("zero|oh|o|one|two|three|four|five|six|seven|eight|nine")) {
        digits++;
      } else if (!words[i].matches("double|triple")) {
        break;
      }
    }
    return digits;
  }
}
