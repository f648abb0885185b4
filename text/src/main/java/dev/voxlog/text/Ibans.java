package dev.voxlog.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds international bank account numbers, ISO 13616: a country, two check digits, and more of
/// letters and digits, in one utterance or over several.
///
/// A number with a correct checksum is one. So is what begins like one and is longer than country
/// and bank, or than the country if it is called so: the rest may be still to come. What follows a
/// masked one is its rest.
final class Ibans {
  private static final int SHORTEST = 15;
  private static final int LONGEST = 34;
  private static final int COUNTRY = 4;
  private static final int COUNTRY_AND_BANK = 12;
  private static final int MODULUS = 97;
  private static final int LETTERS = 2;

  /// The length of an account's number by country, SWIFT's IBAN registry.
  private static final Map<String, Integer> LENGTHS =
      Stream.of(
              ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22"
                      + " DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27"
                      + " GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21"
                      + " LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15"
                      + " OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24"
                      + " SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
                  .split(" "))
          .collect(
              Collectors.toUnmodifiableMap(
                  each -> each.substring(0, 2), each -> Integer.valueOf(each.substring(2))));

  private final Spelled spelled;
  private final Said said;
  private final int allowed;
  private final List<Masked.Part> found = new ArrayList<>();

  private Ibans(Spelled spelled, Said said) {
    this.spelled = spelled;
    this.said = said;
    boolean isCalledSo = said.speaksOf(Topics.BANK_ACCOUNT) || said.goesOnWith(Topics.BANK_ACCOUNT);
    this.allowed = isCalledSo ? COUNTRY : COUNTRY_AND_BANK;
  }

  static List<Masked.Part> in(String text, Said said, boolean isLenient) {
    return new Ibans(Spelled.of(text, isLenient), said).find();
  }

  private List<Masked.Part> find() {
    int from = 0;
    while (from < spelled.groups().size()) {
      int end = spelled.end(from);
      boolean goesOn = from == 0 && spelled.groups().getFirst().follows();
      stretch(from, end, goesOn ? said.before().spelled() : "");
      from = end;
    }
    return found;
  }

  /// Groups that follow each other, after what was spelled in the utterances before.
  private void stretch(int from, int end, String before) {
    String own = spelled.characters(from, end);
    if (before.equals(Spelled.MASKED)) {
      if (Spelled.hasDigit(own) && own.length() != said.awaited().exactly()) {
        mask(from, end);
      }
      return;
    }
    for (int begin = 0; begin < before.length(); begin++) {
      if (masks(before.substring(begin), from, end)) {
        return;
      }
    }
    for (int at = from; at < end; at++) {
      if (masks("", at, end)) {
        return;
      }
    }
  }

  /// Masks what begins with `before` and goes on with the groups, if it is an account's number.
  private boolean masks(String before, int from, int end) {
    StringBuilder characters = new StringBuilder(before);
    int whole = from;
    for (int at = from; at < end && characters.length() <= LONGEST && mayBegin(characters); at++) {
      characters.append(spelled.groups().get(at).characters());
      whole = checks(characters) ? at + 1 : whole;
    }
    boolean isLong =
        isBegun(characters)
            && LENGTHS.containsKey(characters.substring(0, 2))
            && characters.length() > allowed
            && characters.length() != said.awaited().exactly();
    int to = whole > from ? whole : isLong ? end : from;
    mask(from, to);
    return to > from;
  }

  private void mask(int from, int to) {
    if (to > from) {
      int start = spelled.groups().get(from).start();
      found.add(new Masked.Part(start, spelled.groups().get(to - 1).end(), MaskKind.IBAN));
    }
  }

  /// Whether what goes on so may become an account's number.
  private static boolean mayBegin(CharSequence characters) {
    for (int at = 0; at < Math.min(COUNTRY, characters.length()); at++) {
      char each = characters.charAt(at);
      if (at < LETTERS ? !isLetter(each) : !isDigit(each)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBegun(CharSequence characters) {
    return characters.length() >= COUNTRY
        && mayBegin(characters)
        && characters.chars().allMatch(each -> isLetter((char) each) || isDigit((char) each));
  }

  static boolean checks(CharSequence characters) {
    if (characters.length() < SHORTEST || characters.length() > LONGEST || !isBegun(characters)) {
      return false;
    }
    String country = characters.subSequence(0, LETTERS).toString();
    int length = LENGTHS.getOrDefault(country, characters.length());
    return length == characters.length() && remainder(characters) == 1;
  }

  /// Of the number that the characters are with their first four at the end, a letter being a
  /// number from ten on.
  private static int remainder(CharSequence characters) {
    int remainder = 0;
    for (int i = 0; i < characters.length(); i++) {
      int value = Character.getNumericValue(characters.charAt((i + COUNTRY) % characters.length()));
      remainder = (remainder * (value < 10 ? 10 : 100) + value) % MODULUS;
    }
    return remainder;
  }

  private static boolean isLetter(char character) {
    return character >= 'A' && character <= 'Z';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
