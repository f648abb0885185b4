package dev.voxlog.stt;

import dev.voxlog.schemas.CallEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long a silence must be before it ends the utterance, judged by the words so far.
final class TurnEnd {
  private static final Set<String> UNFINISHED =
      Set.of(
          "and",
          "but",
          "or",
          "so",
          "because",
          "if",
          "when",
          "that",
          "which",
          "um",
          "uh",
          "er",
          "hmm",
          "well",
          "like",
          "the",
          "a",
          "an",
          "my",
          "your",
          "our",
          "his",
          "her",
          "their",
          "this",
          "to",
          "of",
          "for",
          "with",
          "from",
          "in",
          "on",
          "at",
          "by",
          "about",
          "is",
          "are",
          "was",
          "it's",
          "i'm",
          "i",
          "we",
          "you",
          "need",
          "want",
          "number",
          "i'll",
          "i'd",
          "i've",
          "you're",
          "we're",
          "we've",
          "they're",
          "that's",
          "there's",
          "what's",
          "number's",
          "without",
          "into",
          "than",
          "whether",
          "wondering");
  private static final Set<String> COMPLETE =
      Set.of(
          "yes", "no", "yeah", "yep", "nope", "okay", "ok", "sure", "right", "correct", "thanks",
          "goodbye", "bye", "hello");

  /// What people say before what they want to say.
  private static final Set<String> OPENERS =
      Set.of(
          "okay",
          "ok",
          "yes",
          "yeah",
          "so",
          "well",
          "hi",
          "hello",
          "hey",
          "hi there",
          "hello there",
          "good morning",
          "good afternoon",
          "good evening",
          "right",
          "alright",
          "all right",
          "um",
          "uh",
          "sure");

  /// What is left open by a comma, a dash or dots.
  private static final Pattern OPEN_END = Pattern.compile("(?s).*(,|-|–|—|…|\\.\\.)");

  /// Verbs whose matter is still to come.
  private static final Pattern ANNOUNCED =
      Pattern.compile(
          ".*\\b((like|want|need|wanted) to (know|ask|say)|(can|could|would) you (please )?tell me)");

  /// A condition or a time at the head of a sentence, without the main clause after it.
  private static final Pattern CLAUSE_ALONE =
      Pattern.compile(
          "(?s)(.*[.?!]\\s+)?((well|so|okay|and|but|or|um|uh|yes|no|hi|hello),?\\s+)*"
              + "(if|although|though|unless|while|whenever|when (i|you|we|they|it|the|my))\\b"
              + "[^,.?!]*[.!]?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ASKED =
      Pattern.compile("\\b(what|where|when|how|who|why|which|whether|if)\\b.+");
  private static final Set<String> ASKABLE =
      Set.of("is", "are", "was", "about", "for", "to", "from", "with", "in", "on", "at", "it's");
  private static final int ID_DIGITS = 5;
  private static final int PHONE_DIGITS = 10;

  private final Duration min;
  private final Duration max;

  TurnEnd(Duration min, Duration max) {
    this.min = min;
    this.max = max;
  }

  Duration after(String text, CallEvent.@Nullable Expects expects) {
    boolean isConfirmationAwaited = expects != null && expects.answer() == CallEvent.Answer.YES_NO;
    if (!isConfirmationAwaited && OPENERS.contains(plain(text))) {
      return max;
    }
    Spelling awaited = Spelling.awaited(expects).orElse(null);
    int characters = CharacterCount.atEndOf(awaited == null ? Spelling.DIGITS : awaited, text);
    if (awaited == null) {
      return characters == 0 ? afterWords(text) : characters >= ID_DIGITS ? min : max;
    }
    if (characters == 0) {
      return longer(afterWords(text), middle());
    }
    int whole = expects != null && expects.length() > 0 ? expects.length() : PHONE_DIGITS;
    return characters >= whole ? min : max;
  }

  private Duration afterWords(String text) {
    String plain = plain(text);
    String[] words = plain.split("\\s+");
    String last = words[words.length - 1];
    if (COMPLETE.contains(last)) {
      return min;
    }
    if (isUnfinished(text.strip(), plain, last)) {
      return max;
    }
    boolean isSentence = words.length >= 3 && text.strip().matches("(?s).*[.?!]");
    return isSentence ? min : middle();
  }

  private static boolean isUnfinished(String text, String plain, String last) {
    if (text.endsWith("?")) {
      return false;
    }
    boolean isAsked = ASKABLE.contains(last) && ASKED.matcher(plain).find();
    return UNFINISHED.contains(last) && !isAsked
        || OPEN_END.matcher(text).matches()
        || ANNOUNCED.matcher(plain).matches()
        || CLAUSE_ALONE.matcher(text).matches();
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace('’', '\'').replaceAll("[^a-z0-9']+", " ").strip();
  }

  private Duration middle() {
    return min.plus(max.minus(min).dividedBy(3));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
