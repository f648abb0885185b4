package dev.voxlog.text;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a text says its numbers are. Their order is that of the bits they are kept in.
enum Topics {
  CARD("(?:credit|debit) ?cards?|cards?|visa|master ?card|amex|american express|maestro|diners"),
  PHONE(
      "phone|telephone|cell|cellphone|mobile|landline|callback|plus|whatsapp|area code|"
          + "(?:call|reach|ring|text|dial|phone) (?:me|us|him|her|them|my|back|at|on)"),
  SECURITY_CODE(
      "cvv2?|cvc2?|ccv|c v v|c v c|(?:security|verification|card) (?:code|value)|"
          + "(?:three|3|four|4) digits? on the (?:back|front)|(?:number|code|digits) on the back"),
  SOCIAL_SECURITY_NUMBER(
      "social security|social(?! (?:media|life|network|networks|event|worker))|ssn|s s n"),
  BANK_ACCOUNT("ibans?|i ?bans?|i b a n|bank accounts?|bank details|account at (?:my|the) bank");

  private final Pattern words;

  Topics(String words) {
    this.words = Pattern.compile("(?<![^ ])(?:" + words + ")(?![^ ])");
  }

  static Set<Topics> of(List<Token> tokens) {
    String said = joined(tokens);
    EnumSet<Topics> found = EnumSet.noneOf(Topics.class);
    for (Topics topic : values()) {
      if (topic.words.matcher(said).find()) {
        found.add(topic);
      }
    }
    return found;
  }

  /// Where in the text it has first been named, 0 if it is not.
  int end(List<Token> tokens) {
    Matcher matcher = words.matcher(joined(tokens));
    if (!matcher.find()) {
      return 0;
    }
    int joinedEnd = -1;
    int at = -1;
    while (joinedEnd < matcher.end()) {
      at++;
      joinedEnd += 1 + tokens.get(at).text().length();
    }
    return tokens.get(at).end();
  }

  private static String joined(List<Token> tokens) {
    return String.join(" ", tokens.stream().map(Token::text).toList());
  }
}
