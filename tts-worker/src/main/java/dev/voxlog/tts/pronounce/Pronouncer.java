package dev.voxlog.tts.pronounce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How any word is said: the agent's own pronunciations, letters, our addenda, the dictionary,
/// plurals and compounds of its words, and a guess from the spelling.
///
/// Immutable and thread-safe; [#with] shares the dictionary.
public final class Pronouncer {
  private static final int SHORTEST_PART = 3;
  private static final int SHORTEST_COMPOUND = 7;

  private final PronouncingDictionary dictionary;
  private final LetterToSound letterToSound;
  private final Map<String, Pronunciation> own;

  private Pronouncer(
      PronouncingDictionary dictionary,
      LetterToSound letterToSound,
      Map<String, Pronunciation> own) {
    this.dictionary = dictionary;
    this.letterToSound = letterToSound;
    this.own = own;
  }

  /// Loads CMUdict from its file and the letter-to-sound rules from the class path.
  public static Pronouncer load(Path dictionary) throws IOException {
    return new Pronouncer(PronouncingDictionary.load(dictionary), LetterToSound.load(), Map.of());
  }

  static Pronouncer of(PronouncingDictionary dictionary) throws IOException {
    return new Pronouncer(dictionary, LetterToSound.load(), Map.of());
  }

  /// The same with words of one's own: each maps to ARPAbet ("V AA1 K S L AO2 G") or to a plain
  /// respelling ("vox log").
  public Pronouncer with(Map<String, String> pronunciations) {
    Map<String, Pronunciation> read = new HashMap<>(own);
    pronunciations.forEach(
        (word, said) -> read.put(word.toLowerCase(Locale.ROOT), respelled(said)));
    return new Pronouncer(dictionary, letterToSound, Map.copyOf(read));
  }

  /// The phones of a spoken word as the normaliser writes it: lower-case, or one capital for a
  /// letter's name, either with "'s".
  public Pronunciation pronounce(String word) {
    Pronunciation mine = own.get(word);
    if (mine != null) {
      return mine;
    }
    if (word.length() == 1 && Character.isUpperCase(word.charAt(0))) {
      return letter(word.charAt(0));
    }
    if (word.endsWith("'s") && (own.containsKey(stem(word, 2)) || known(word).isEmpty())) {
      return pronounce(stem(word, 2)).withS();
    }
    return known(word)
        .or(() -> plural(word))
        .or(() -> compound(word))
        .orElseGet(() -> letterToSound.guess(word));
  }

  private static Pronunciation letter(char letter) {
    return Pronunciation.parse(Addenda.LETTERS.getOrDefault(letter, "AH0"));
  }

  private Optional<Pronunciation> known(String word) {
    return Optional.ofNullable(Addenda.WORDS.get(word))
        .map(Pronunciation::parse)
        .or(() -> dictionary.find(word));
  }

  private Optional<Pronunciation> plural(String word) {
    return word.length() > SHORTEST_PART && word.endsWith("s")
        ? known(stem(word, 1)).map(Pronunciation::withS)
        : Optional.empty();
  }

  /// The most even split into two known words.
  private Optional<Pronunciation> compound(String word) {
    if (word.length() < SHORTEST_COMPOUND) {
      return Optional.empty();
    }
    int middle = word.length() / 2;
    for (int distance = 0; distance <= middle - SHORTEST_PART; distance++) {
      for (int at : new int[] {middle + distance, middle - distance}) {
        if (at >= SHORTEST_PART && word.length() - at >= SHORTEST_PART) {
          Optional<Pronunciation> first = known(word.substring(0, at));
          Optional<Pronunciation> second = known(word.substring(at));
          if (first.isPresent() && second.isPresent()) {
            return Optional.of(first.get().compoundedWith(second.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Pronunciation respelled(String said) {
    if (Pronunciation.isArpabet(said)) {
      return Pronunciation.parse(said);
    }
    @Nullable Pronunciation all = null;
    for (String part : said.strip().split("[\\s-]+")) {
      Pronunciation one =
          part.length() == 1 && !part.equals("a")
              ? pronounce(part.toUpperCase(Locale.ROOT))
              : pronounce(part.toLowerCase(Locale.ROOT));
      all = all == null ? one : all.then(one);
    }
    return all == null ? new Pronunciation(List.of("AH0")) : all;
  }

  private static String stem(String word, int ending) {
    return word.substring(0, word.length() - ending);
  }
}
