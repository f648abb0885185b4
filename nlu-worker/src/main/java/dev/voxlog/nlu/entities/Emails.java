package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// E-mail addresses as they are spoken and as recognisers write them: "john dot smith at example
/// dot com", "j. smith 42 at gmail.com", "j o h n underscore s at example dot co dot uk".
///
/// An address is found around its "at": to the right a domain with a dot in it, to the left a name
/// that ends where a word follows another without a dot, dash or underscore between. Single letters
/// and digits are put together.
final class Emails {
  private static final String STOP = ";";
  private static final Pattern PART = Pattern.compile("[a-z0-9]+(?:'[a-z]+)?|[@.,_+-]");

  /// Words before "at" that are no name.
  private static final Set<String> NO_NAME =
      Set.of(
          "is", "it's", "its", "address", "email", "mail", "or", "and", "to", "of", "am", "are",
          "me", "be", "was", "that", "the", "by");

  private final List<Part> parts;

  /// `text` is what the part says in an address.
  private record Part(String text, int start, int end) {
    boolean is(String sign) {
      return text.equals(sign);
    }

    boolean isWord() {
      return Character.isLetterOrDigit(text.charAt(0));
    }

    boolean isSingle() {
      return isWord() && (text.length() == 1 || Character.isDigit(text.charAt(0)));
    }
  }

  /// What was read of an address on one side of its "at", and the place where it ends.
  private record Side(String text, int edge) {}

  private Emails(List<Part> parts) {
    this.parts = parts;
  }

  static List<Found> in(String text, List<Token> tokens, List<NumberRun> runs) {
    Emails emails = new Emails(parts(text, tokens, runs));
    List<Found> found = new ArrayList<>();
    for (int at = 1; at < emails.parts.size(); at++) {
      if (emails.parts.get(at).is("@")) {
        emails.around(at, tokens).ifPresent(found::add);
      }
    }
    return found;
  }

  /// The words, signs and numbers of the text, each as it stands in an address.
  private static List<Part> parts(String text, List<Token> tokens, List<NumberRun> runs) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text.toLowerCase(Locale.ROOT));
    Map<Integer, NumberRun> numbers =
        runs.stream()
            .collect(Collectors.toMap(run -> tokens.get(run.from()).start(), Function.identity()));
    int done = 0;
    while (matcher.find()) {
      int start = matcher.start();
      if (start < done) {
        continue;
      }
      Optional<NumberRun> number = Optional.ofNullable(numbers.get(start));
      String part = number.map(NumberRun::digits).orElseGet(() -> sign(matcher.group()));
      done = number.map(run -> tokens.get(run.to() - 1).end()).orElse(matcher.end());
      boolean isStop = matcher.group().equals(".") && isAtSpace(text, done) || part.equals(",");
      parts.add(new Part(isStop ? STOP : part, start, done));
    }
    return parts;
  }

  private static boolean isAtSpace(String text, int at) {
    return at >= text.length() || Character.isWhitespace(text.charAt(at));
  }

  private static String sign(String word) {
    return switch (word) {
      case "at" -> "@";
      case "dot", "period", "point" -> ".";
      case "underscore" -> "_";
      case "dash", "hyphen", "minus" -> "-";
      case "plus" -> "+";
      default -> word;
    };
  }

  private Optional<Found> around(int at, List<Token> tokens) {
    Side name = name(at);
    Side domain = domain(at);
    if (name.text.isEmpty() || domain.text.isEmpty()) {
      return Optional.empty();
    }
    int start = parts.get(name.edge).start;
    int end = parts.get(domain.edge - 1).end;
    int from = 0;
    while (tokens.get(from).end() <= start) {
      from++;
    }
    int to = from;
    while (to < tokens.size() && tokens.get(to).start() < end) {
      to++;
    }
    return Optional.of(new Found("email", name.text + "@" + domain.text, from, to));
  }

  /// The name that ends before `at`; `edge` is its first part.
  private Side name(int at) {
    StringBuilder name = new StringBuilder();
    int edge = at;
    while (edge > 0) {
      Side piece = wordBefore(edge);
      if (piece.text.isEmpty()) {
        return new Side(edge == at ? "" : name.substring(1), edge == at ? at : edge + 1);
      }
      name.insert(0, piece.text);
      edge = piece.edge;
      if (edge == 0 || !isJoint(parts.get(edge - 1))) {
        return new Side(name.toString(), edge);
      }
      edge--;
      name.insert(0, parts.get(edge).text);
    }
    return new Side("", at);
  }

  private static boolean isJoint(Part part) {
    return part.is(".") || part.is("_") || part.is("-") || part.is("+");
  }

  /// One word of a name, put together from its letters and numbers.
  private Side wordBefore(int end) {
    StringBuilder word = new StringBuilder();
    int edge = end;
    while (edge > 0 && parts.get(edge - 1).isSingle()) {
      edge--;
      word.insert(0, parts.get(edge).text);
    }
    boolean isNumberOnly = word.chars().allMatch(Character::isDigit);
    boolean isWordBefore = edge > 0 && parts.get(edge - 1).isWord();
    if (isNumberOnly && isWordBefore && !NO_NAME.contains(parts.get(edge - 1).text)) {
      edge--;
      word.insert(0, parts.get(edge).text);
    }
    return new Side(word.toString(), edge);
  }

  /// The domain that begins after `at`; `edge` is the part after it.
  private Side domain(int at) {
    StringBuilder domain = new StringBuilder();
    int edge = at + 1;
    boolean hasDot = false;
    while (true) {
      Side label = wordAfter(edge);
      if (label.text.isEmpty()) {
        return new Side("", at);
      }
      domain.append(label.text);
      edge = label.edge;
      boolean goesOn = edge < parts.size() && (parts.get(edge).is(".") || parts.get(edge).is("-"));
      if (!goesOn) {
        boolean isTop = hasDot && label.text.matches("[a-z]{2,}");
        return new Side(isTop ? domain.toString() : "", edge);
      }
      hasDot |= parts.get(edge).is(".");
      domain.append(parts.get(edge).text);
      edge++;
    }
  }

  /// One label of a domain: "gmail", "g mail", "c o m".
  private Side wordAfter(int from) {
    StringBuilder label = new StringBuilder();
    int edge = from;
    while (edge < parts.size() && parts.get(edge).isSingle()) {
      label.append(parts.get(edge).text);
      edge++;
    }
    boolean isWord = edge < parts.size() && parts.get(edge).isWord();
    boolean goesOn = edge + 1 < parts.size() && parts.get(edge + 1).is(".");
    if (isWord && (label.isEmpty() || goesOn)) {
      label.append(parts.get(edge).text);
      edge++;
    }
    return new Side(label.toString(), edge);
  }
}
