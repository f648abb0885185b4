package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Abbreviations, acronyms, symbols and ordinary words.
final class WordRules {
  /// Abbreviations whose dot never ends a sentence.
  static final Set<String> TITLES =
      Set.of("mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "no.", "e.g.", "i.e.", "approx.");

  private static final Map<String, String> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("mr", "mister"),
          Map.entry("mrs", "missus"),
          Map.entry("ms", "miss"),
          Map.entry("prof", "professor"),
          Map.entry("ave", "avenue"),
          Map.entry("blvd", "boulevard"),
          Map.entry("rd", "road"),
          Map.entry("apt", "apartment"),
          Map.entry("dept", "department"),
          Map.entry("ext", "extension"),
          Map.entry("inc", "incorporated"),
          Map.entry("ltd", "limited"),
          Map.entry("co", "company"),
          Map.entry("corp", "corporation"),
          Map.entry("etc", "et cetera"),
          Map.entry("vs", "versus"),
          Map.entry("approx", "approximately"),
          Map.entry("est", "estimated"),
          Map.entry("qty", "quantity"),
          Map.entry("tel", "telephone"),
          Map.entry("jr", "junior"),
          Map.entry("sr", "senior"),
          Map.entry("min", "minutes"),
          Map.entry("max", "maximum"));
  private static final Map<String, List<String>> SYMBOLS =
      Map.of(
          "&",
          List.of("and"),
          "+",
          List.of("plus"),
          "=",
          List.of("equals"),
          "@",
          List.of("at"),
          "%",
          List.of("percent"),
          "#",
          List.of("number"),
          "°",
          List.of("degrees"));

  private WordRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.ignoringCase("e\\.g\\.,?", (_, _) -> List.of("for", "example")),
        Rule.ignoringCase("i\\.e\\.,?", (_, _) -> List.of("that", "is")),
        Rule.ignoringCase("w/o", (_, _) -> List.of("without")),
        Rule.ignoringCase("w/", (_, _) -> List.of("with")),
        Rule.of("No\\.(?=\\s?\\d)", (_, _) -> List.of("number")),
        Rule.of("Dr\\.?", (_, context) -> either(context, "drive", "doctor")),
        Rule.of("St\\.", (_, context) -> either(context, "street", "saint")),
        Rule.ignoringCase("(\\p{L}{2,6})\\.", (match, _) -> abbreviation(match)),
        Rule.of("(?:\\p{Lu}\\.){2,}", (match, _) -> Letters.spelled(match.group())),
        Rule.ignoringCase("ok(?:ay)?", (_, _) -> List.of("okay")),
        Rule.of("(\\p{Lu}{2,5})(s|['’]s)", (match, _) -> plural(match)),
        Rule.of("\\p{Lu}{2,}&\\p{Lu}+|\\p{Lu}&\\p{Lu}", (match, _) -> ampersand(match.group())),
        Rule.of("\\p{Lu}{2,}", (match, _) -> capitals(match.group())),
        Rule.of("\\p{Lu}(?!['’]\\p{L})", WordRules::letter),
        Rule.of("(\\p{L}+)/(\\p{L}+)", (match, _) -> slash(match)),
        Rule.of("(\\p{L}{2,}?)-?(\\d+)", (match, _) -> wordAndNumber(match)),
        Rule.of(
            "(?=\\w*\\d)(?=\\w*\\p{L})[\\p{L}\\d]+", (match, _) -> Letters.spelled(match.group())),
        Rule.of(
            "\\p{L}+(?:['’]\\p{L}+)*['’]?(?:-\\p{L}+(?:['’]\\p{L}+)*)*", (match, _) -> word(match)),
        new Rule(
            Pattern.compile("[&+=@%#°]"),
            (match, _) -> SYMBOLS.getOrDefault(match.group(), List.of())));
  }

  private static List<String> either(Rule.Context context, String afterName, String beforeName) {
    boolean nameFollows = context.after().stripLeading().matches("\\p{Lu}.*");
    return List.of(nameFollows ? beforeName : afterName);
  }

  private static List<String> abbreviation(MatchResult match) {
    String full = ABBREVIATIONS.get(Letters.plain(match.group(1)));
    return full == null ? List.of() : List.of(full.split(" "));
  }

  private static List<String> plural(MatchResult match) {
    String stem = match.group(1);
    String ending = match.group(2);
    if (Acronyms.isWord(stem)) {
      return List.of(Letters.plain(stem) + (ending.length() == 1 ? "s" : "'s"));
    }
    return Acronyms.spelledPlural(stem);
  }

  private static List<String> capitals(String written) {
    return Acronyms.isWord(written) ? List.of(Letters.plain(written)) : Letters.spelled(written);
  }

  private static List<String> ampersand(String written) {
    List<String> words = new ArrayList<>();
    for (String side : written.split("&")) {
      if (!words.isEmpty()) {
        words.add("and");
      }
      words.addAll(Letters.spelled(side));
    }
    return words;
  }

  /// A capital A that starts a sentence is the article, a lone capital I the pronoun.
  private static List<String> letter(MatchResult match, Rule.Context context) {
    boolean isArticle =
        match.group().equals("A")
            && context.after().matches("(?s)\\s+\\p{L}{2,}.*")
            && context.before().isEmpty();
    return List.of(isArticle ? "a" : match.group().equals("I") ? "i" : match.group());
  }

  private static List<String> slash(MatchResult match) {
    List<String> words = new ArrayList<>(List.of(Letters.plain(match.group(1))));
    boolean saysSo = words.contains("and") || match.group(2).equals("or");
    if (!saysSo || !match.group(2).equals("or")) {
      words.add("or");
    }
    words.add(Letters.plain(match.group(2)));
    return words;
  }

  private static List<String> wordAndNumber(MatchResult match) {
    List<String> words = new ArrayList<>(List.of(Letters.plain(match.group(1))));
    words.addAll(NumberWords.cardinal(match.group(2)));
    return words;
  }

  private static List<String> word(MatchResult match) {
    List<String> words = new ArrayList<>();
    for (String part : match.group().split("-")) {
      words.addAll(part.matches("\\p{Lu}{2,}") ? capitals(part) : List.of(Letters.plain(part)));
    }
    return words;
  }
}
