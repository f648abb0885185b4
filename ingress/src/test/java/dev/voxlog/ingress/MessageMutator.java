package dev.voxlog.ingress;

import java.util.List;
import java.util.SplittableRandom;

/// Messages of a wire made wrong in every way that text can be wrong, the same for the same seed.
final class MessageMutator {
  private static final String[] VALUES = {
    "-1",
    "0",
    "-0",
    "0.5",
    "1e999",
    "2147483647",
    "2147483648",
    "4294967296",
    "-9223372036854775808",
    "9223372036854775808",
    "1234567890".repeat(200),
    "00",
    "null",
    "true",
    "\"\"",
    "\"-5\"",
    "\"86400001\"",
    "\"NaN\"",
    "[]",
    "{}",
    "{\"a\":{\"b\":[1,{}]}}",
    "\"\\u0000\\ud83d\"",
    "\"' OR 1=1 --\"",
    "\"${jndi:ldap://127.0.0.1/a}\""
  };
  private static final String LETTERS = "\"\\{}[]:,0123456789eE+-.tfn \n\t\u0000\u0007éß漢𝄞\u202e";
  private static final int MOST_DEEP = 3_000;
  private static final int MOST_LONG = 60_000;

  private final SplittableRandom random;
  private final List<String> valid;

  MessageMutator(long seed, List<String> valid) {
    this.random = new SplittableRandom(seed);
    this.valid = List.copyOf(valid);
  }

  String next() {
    StringBuilder text = new StringBuilder(pick());
    switch (random.nextInt(24)) {
      case 0, 1 -> {} // right, but at any time
      case 2 -> deep(text);
      case 3 -> longer(text);
      case 4 -> garbage(text);
      case 5 -> text.setLength(random.nextInt(text.length()));
      case 6 -> again(text);
      case 7, 8, 9, 10, 11 -> replaceValue(text);
      default -> {
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
          edit(text);
        }
      }
    }
    return text.toString();
  }

  private String pick() {
    return valid.get(random.nextInt(valid.size()));
  }

  private int place(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    boolean isInPair = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
    return isInPair ? at - 1 : at;
  }

  private void edit(StringBuilder text) {
    int one = place(text);
    int other = place(text);
    int begin = Math.min(one, other);
    int end = Math.max(one, other);
    switch (random.nextInt(4)) {
      case 0 -> text.delete(begin, Math.min(end, begin + 20));
      case 1 -> text.insert(begin, text.substring(begin, end));
      case 2 -> text.insert(begin, letter());
      default -> {
        String from = pick();
        text.insert(begin, from.substring(from.length() / 2));
      }
    }
  }

  private String letter() {
    int[] letters = LETTERS.codePoints().toArray();
    return Character.toString(letters[random.nextInt(letters.length)]);
  }

  /// Puts something else in the place of what follows a colon.
  private void replaceValue(StringBuilder text) {
    int colon = text.indexOf(":", random.nextInt(text.length()));
    if (colon < 0) {
      edit(text);
      return;
    }
    int end = colon + 1;
    while (end < text.length() && ",}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    text.replace(colon + 1, end, VALUES[random.nextInt(VALUES.length)]);
  }

  /// Says a field twice, not the same.
  private void again(StringBuilder text) {
    int brace = text.indexOf("{", random.nextInt(text.length()));
    int colon = text.indexOf(":", brace);
    if (brace < 0 || colon < 0) {
      edit(text);
      return;
    }
    String name = text.substring(brace + 1, colon);
    text.insert(brace + 1, name + ":" + VALUES[random.nextInt(VALUES.length)] + ",");
  }

  private void deep(StringBuilder text) {
    int depth = 1 + random.nextInt(MOST_DEEP);
    String open = random.nextBoolean() ? "[" : "{\"a\":";
    text.insert(place(text), open.repeat(depth));
  }

  private void longer(StringBuilder text) {
    text.insert(place(text), letter().repeat(1 + random.nextInt(MOST_LONG) / 4));
  }

  private void garbage(StringBuilder text) {
    text.setLength(0);
    for (int length = random.nextInt(200); length > 0; length--) {
      text.append(letter());
    }
  }
}
