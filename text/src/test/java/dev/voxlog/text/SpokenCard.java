package dev.voxlog.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A card's number and the utterances in which a caller reads it, by chance from a seed: of any
/// brand, in groups of any kind, digit by digit, in pairs, with multiples, in figures, with
/// hesitation and a few words before, all in one or with pauses.
record SpokenCard(String number, List<String> utterances) {
  private static final String[] BEGINNINGS = {
    "4", "4", "51", "55", "2221", "2720", "34", "37", "6011", "65", "36", "38", "3528", "62", "50",
    "58"
  };
  private static final String[] DIGITS = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
  };
  private static final String[] TEENS = {
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen"
  };
  private static final String[] TENS = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
  };
  private static final String[] LEAD_INS = {
    "",
    "",
    "my card number is ",
    "it's ",
    "sure, it's ",
    "can I pay with ",
    "um ",
    "the number is ",
    "okay, so, ",
    "charge it to my visa, "
  };
  private static final String[] BETWEEN = {
    "", "", "", "uh ", "um, ", "and then ", "okay, ", "next "
  };

  static SpokenCard of(long seed) {
    Random random = new Random(seed);
    String number = number(random);
    List<String> utterances = new ArrayList<>();
    String lead = one(LEAD_INS, random);
    int pauses = random.nextInt(3);
    StringBuilder said = new StringBuilder(lead);
    for (String group : groups(number, random)) {
      boolean isBegun = said.length() > lead.length() || !utterances.isEmpty();
      if (isBegun && pauses > 0 && random.nextInt(2) < pauses) {
        utterances.add(said.toString().strip());
        said = new StringBuilder();
      }
      said.append(isBegun ? one(BETWEEN, random) : "").append(spoken(group, random)).append(' ');
    }
    utterances.add(said.toString().strip());
    return new SpokenCard(number, utterances.stream().filter(each -> !each.isBlank()).toList());
  }

  private static String number(Random random) {
    String begin = one(BEGINNINGS, random);
    int length =
        begin.startsWith("34") || begin.startsWith("37")
            ? 15
            : begin.equals("36") || begin.equals("38")
                ? 14
                : begin.equals("62") || begin.equals("50") ? 16 + random.nextInt(4) : 16;
    StringBuilder number = new StringBuilder(begin);
    while (number.length() < length - 1) {
      // Repeated digits are common, and said as "double".
      number.append(
          random.nextInt(3) == 0
              ? number.charAt(number.length() - 1)
              : (char) ('0' + random.nextInt(10)));
    }
    for (char last = '0'; last <= '9'; last++) {
      if (CardNumber.checks(number.toString() + last)) {
        return number.toString() + last;
      }
    }
    throw new IllegalStateException();
  }

  private static List<String> groups(String number, Random random) {
    int[][] shapes =
        number.length() == 15
            ? new int[][] {{4, 6, 5}, {15}, {5, 5, 5}, {3, 3, 3, 3, 3}}
            : number.length() == 14
                ? new int[][] {{4, 6, 4}, {14}, {4, 4, 4, 2}}
                : new int[][] {
                  {4, 4, 4, 4, 3}, {8, 8, 3}, {19}, {2, 2, 2, 2, 2, 2, 2, 2, 2, 1}, {6, 6, 4, 3}
                };
    int[] shape = shapes[random.nextInt(shapes.length)];
    List<String> groups = new ArrayList<>();
    int at = 0;
    for (int i = 0; at < number.length(); i++) {
      int end = i < shape.length ? Math.min(number.length(), at + shape[i]) : number.length();
      groups.add(number.substring(at, end));
      at = end;
    }
    return groups;
  }

  private static String spoken(String group, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> group;
      case 1 -> String.join(random.nextBoolean() ? ", " : "-", group.split(""));
      case 2 -> group.replaceAll("(.{4})(?=.)", random.nextBoolean() ? "$1-" : "$1 ");
      case 3 -> pairs(group);
      case 4 -> multiples(group);
      default ->
          words(group, random.nextBoolean() ? "oh" : "zero", random.nextBoolean() ? " " : ", ");
    };
  }

  private static String words(String group, String zero, String between) {
    List<String> words = new ArrayList<>();
    group.chars().forEach(each -> words.add(each == '0' ? zero : DIGITS[each - '0']));
    return String.join(between, words);
  }

  /// "forty one, eleven".
  private static String pairs(String group) {
    StringBuilder said = new StringBuilder();
    for (int at = 0; at < group.length(); at += 2) {
      int tens = group.charAt(at) - '0';
      int ones = at + 1 < group.length() ? group.charAt(at + 1) - '0' : -1;
      said.append(
          ones < 0
              ? tens == 0 ? "oh" : DIGITS[tens]
              : tens == 0
                  ? "oh " + (ones == 0 ? "oh" : DIGITS[ones])
                  : tens == 1
                      ? TEENS[ones]
                      : ones == 0 ? TENS[tens] : TENS[tens] + " " + DIGITS[ones]);
      said.append(at + 2 < group.length() ? ", " : "");
    }
    // "forty" before a digit would be one number with it.
    return group.length() % 2 == 1 && group.charAt(group.length() - 2) == '0'
        ? words(group, "oh", " ")
        : said.toString();
  }

  private static String multiples(String group) {
    List<String> said = new ArrayList<>();
    for (int at = 0; at < group.length(); ) {
      int end = at;
      while (end < group.length() && end < at + 3 && group.charAt(end) == group.charAt(at)) {
        end++;
      }
      String digit = group.charAt(at) == '0' ? "oh" : DIGITS[group.charAt(at) - '0'];
      said.add((end - at == 3 ? "triple " : end - at == 2 ? "double " : "") + digit);
      at = end;
    }
    return String.join(" ", said);
  }

  private static String one(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }
}
