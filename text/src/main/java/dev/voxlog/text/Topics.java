package dev.voxlog.text;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a text says its numbers are.
enum Topics {
  CARD("(?:credit|debit) ?cards?|cards?|visa|master ?card|amex|american express|maestro|diners"),
  PHONE(
      "phone|telephone|cell|cellphone|mobile|landline|callback|plus|whatsapp|area code|"
          + "(?:call|reach|ring|text|dial|phone) (?:me|us|him|her|them|my|back|at|on)"),
  SECURITY_CODE(
      "cvv2?|cvc2?|ccv|c v v|c v c|(?:security|verification|card) (?:code|value)|"
          + "(?:three|3|four|4) digits? on the (?:back|front)|(?:number|code|digits) on the back"),
  SOCIAL_SECURITY_NUMBER("social|social security|ssn|s s n");

  private final Pattern words;

  Topics(String words) {
    this.words = Pattern.compile("(?:.* )?(?:" + words + ")(?: .*)?");
  }

  static Set<Topics> of(List<Token> tokens) {
    String said = String.join(" ", tokens.stream().map(Token::text).toList());
    EnumSet<Topics> found = EnumSet.noneOf(Topics.class);
    for (Topics topic : values()) {
      if (topic.words.matcher(said).matches()) {
        found.add(topic);
      }
    }
    return found;
  }
}
