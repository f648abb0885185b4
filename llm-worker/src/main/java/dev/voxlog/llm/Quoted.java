package dev.voxlog.llm;

import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text of others as data in a prompt: between marks that it cannot write itself, and without what
/// only a machine would see.
final class Quoted {
  /// Brackets of any script, of which tags and a model's own control words are made.
  private static final Pattern BRACKETS = Pattern.compile("[<>\\[\\]`⟨⟩〈〉《》«»‹›❮❯❰❱⟪⟫【】]");

  /// Formatting and tag characters, private ones, and variation selectors; no letter of any
  /// language.
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cn}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");

  private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\s\\p{Z}]+");

  /// Nobody says that much in a turn, and a document's passages are shorter.
  private static final int LONGEST = 4_000;

  /// What a program may ask for in all.
  private static final int MOST_LINES = 8_000;

  private Quoted() {}

  /// Text of several lines within `<tag>`; each line as [#plain] has it.
  static String lines(String tag, String text) {
    String bounded = text.length() <= MOST_LINES ? text : text.substring(0, MOST_LINES) + " …";
    return bounded
        .lines()
        .map(Quoted::plain)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "<" + tag + ">\n", "\n</" + tag + ">"));
  }

  /// The text within `<tag>`.
  static String in(String tag, String text) {
    return "<" + tag + ">" + plain(text) + "</" + tag + ">";
  }

  /// The text in one line, without brackets and without what is invisible.
  static String plain(String text) {
    String same = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String visible = INVISIBLE.matcher(same).replaceAll("");
    String plain =
        BLANKS.matcher(BRACKETS.matcher(visible).replaceAll(" ")).replaceAll(" ").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + " …";
  }
}
