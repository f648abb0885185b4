package dev.voxlog.tts.pronounce;

import static dev.voxlog.tts.pronounce.Pronunciation.isVowel;
import static dev.voxlog.tts.pronounce.Pronunciation.stress;

import dev.voxlog.tts.text.Break;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.SpokenWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes clauses in IPA the way eSpeak writes American English, which is what Piper voices
/// learned.
///
/// The stress mark stands right before its vowel; function words have none; t between vowels is a
/// flap; "the" is said with i before a vowel.
public final class Ipa {
  private static final Map<String, String> PHONES =
      Map.ofEntries(
          Map.entry("AA", "ɑː"),
          Map.entry("AE", "æ"),
          Map.entry("AH", "ʌ"),
          Map.entry("AO", "ɔː"),
          Map.entry("AW", "aʊ"),
          Map.entry("AY", "aɪ"),
          Map.entry("EH", "ɛ"),
          Map.entry("ER", "ɜː"),
          Map.entry("EY", "eɪ"),
          Map.entry("IH", "ɪ"),
          Map.entry("IY", "iː"),
          Map.entry("OW", "oʊ"),
          Map.entry("OY", "ɔɪ"),
          Map.entry("UH", "ʊ"),
          Map.entry("UW", "uː"),
          Map.entry("B", "b"),
          Map.entry("CH", "tʃ"),
          Map.entry("D", "d"),
          Map.entry("DH", "ð"),
          Map.entry("F", "f"),
          Map.entry("G", "ɡ"),
          Map.entry("HH", "h"),
          Map.entry("JH", "dʒ"),
          Map.entry("K", "k"),
          Map.entry("L", "l"),
          Map.entry("M", "m"),
          Map.entry("N", "n"),
          Map.entry("NG", "ŋ"),
          Map.entry("P", "p"),
          Map.entry("R", "ɹ"),
          Map.entry("S", "s"),
          Map.entry("SH", "ʃ"),
          Map.entry("T", "t"),
          Map.entry("TH", "θ"),
          Map.entry("V", "v"),
          Map.entry("W", "w"),
          Map.entry("Y", "j"),
          Map.entry("Z", "z"),
          Map.entry("ZH", "ʒ"));
  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "and",
          "or", "but", "if", "than", "that", "is", "are", "was", "were", "be", "been", "am", "it",
          "its", "i", "you", "he", "she", "we", "they", "me", "him", "her", "us", "them", "my",
          "your", "his", "our", "their", "can", "could", "will", "would", "should", "shall", "do",
          "does", "have", "has", "had", "i'm", "it's", "you're", "i'll", "we'll", "that's");

  private final Pronouncer pronouncer;

  public Ipa(Pronouncer pronouncer) {
    this.pronouncer = pronouncer;
  }

  /// The clause's written words in order, each with the IPA of what is said for it.
  public List<List<PhoneticWord>> write(SpokenClause clause) {
    List<List<PhoneticWord>> result = new ArrayList<>();
    List<SpokenWord> words = clause.words();
    for (int i = 0; i < words.size(); i++) {
      String next = i + 1 < words.size() ? first(words.get(i + 1)) : "";
      result.add(write(words.get(i), next));
    }
    return result;
  }

  private List<PhoneticWord> write(SpokenWord word, String next) {
    List<PhoneticWord> result = new ArrayList<>();
    List<String> spoken = word.spoken();
    for (int i = 0; i < spoken.size(); i++) {
      String said = spoken.get(i);
      if (said.equals(SpokenWord.PAUSE)) {
        continue;
      }
      boolean isLast = i == spoken.size() - 1;
      String following = isLast ? next : spoken.get(i + 1);
      String mark =
          isLast
              ? word.after().mark()
              : following.equals(SpokenWord.PAUSE) ? Break.COMMA.mark() : "";
      result.add(new PhoneticWord(ipa(said, following), mark));
    }
    return result;
  }

  private static String first(SpokenWord word) {
    return word.spoken().isEmpty() ? "" : word.spoken().getFirst();
  }

  private String ipa(String word, String following) {
    if (word.equals("the")) {
      boolean beforeVowel =
          !following.isEmpty()
              && !following.equals(SpokenWord.PAUSE)
              && pronouncer.pronounce(following).startsWithVowel();
      return beforeVowel ? "ði" : "ðə";
    }
    if (word.equals("to")) {
      return "tə";
    }
    return ipa(pronouncer.pronounce(word), !FUNCTION_WORDS.contains(word));
  }

  static String ipa(Pronunciation pronunciation, boolean isStressed) {
    List<String> phones = pronunciation.phones();
    StringBuilder ipa = new StringBuilder();
    for (int i = 0; i < phones.size(); i++) {
      String phone = phones.get(i);
      String next = i + 1 < phones.size() ? phones.get(i + 1) : "";
      String previous = i > 0 ? phones.get(i - 1) : "";
      if (isVowel(phone)) {
        ipa.append(mark(phone, isStressed)).append(vowel(phone, next));
      } else {
        ipa.append(isFlap(previous, phone, next) ? "ɾ" : PHONES.getOrDefault(phone, ""));
      }
    }
    return ipa.toString();
  }

  private static String mark(String vowel, boolean isStressed) {
    return !isStressed
        ? ""
        : switch (stress(vowel)) {
          case '1' -> "ˈ";
          case '2' -> "ˌ";
          default -> "";
        };
  }

  private static String vowel(String phone, String next) {
    boolean isWeak = stress(phone) == '0';
    String bare = phone.substring(0, 2);
    return switch (bare) {
      case "AH" -> isWeak ? "ə" : "ʌ";
      case "ER" -> isWeak ? "ɚ" : "ɜː";
      case "IY" -> isWeak ? "i" : "iː";
      case "AO" -> next.equals("R") ? "oː" : "ɔː";
      default -> PHONES.getOrDefault(bare, "");
    };
  }

  private static boolean isFlap(String previous, String phone, String next) {
    return phone.equals("T")
        && !previous.isEmpty()
        && isVowel(previous)
        && !next.isEmpty()
        && isVowel(next)
        && stress(next) == '0';
  }
}
