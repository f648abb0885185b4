package dev.voxlog.llm;

import dev.voxlog.agent.Agent;
import dev.voxlog.llm.chat.ChatRequest;
import dev.voxlog.llm.chat.ChatRequest.Function;
import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.knowledge.Found;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a language model may say: every sentence is held against it before it is spoken. The
/// wordings are English.
final class Bounds {
  /// That many words in a row are not the same by chance.
  private static final int SAME_WORDS = 6;

  private static final int DIGITS_OF_A_NUMBER_TO_CALL = 7;
  private static final int DIGITS_OF_AN_ID = 4;
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");
  private static final Pattern PERSON =
      Pattern.compile(
          "\\b(?:i am|i'm|you are (?:talking|speaking) (?:to|with)|you're (?:talking|speaking) (?:to|with))(?: (?:a|an|the|really|actually|indeed|of course|just|truly|very much|real|actual|living|genuine|live)\\b)*+ (?:human|person|man|woman|employee|flesh)\\b"
              + "|\\b(?:i am|i'm) (?:really |actually |definitely |certainly )?(?:not|no)(?: (?:a|an|any|some|kind|sort|of)\\b)*+ (?:ai|bot|robot|machine|computer|automated|virtual|chatbot|artificial|language model|recording|program)\\b");
  private static final String DEED =
      "(refunded|cancelled|canceled|booked|scheduled|changed|updated|sent|placed|ordered|deleted|credited|upgraded|approved|waived|issued|processed|arranged|unlocked|reset|paid|transferred|applied|removed|added|verified)";
  private static final Pattern DONE =
      Pattern.compile(
          "\\b(?:i|we)(?:'ve| have)(?: (?:just|now|already|also|gone ahead and)\\b)*+ "
              + DEED
              + "\\b|\\b(?:your|the) (?:[a-z']+ ){1,3}(?:has|have) (?:(?:just|now|already) )?been "
              + DEED
              + "\\b");
  private static final List<String> DIGIT_WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  private final Set<String> instructions;
  private final String persona;

  /// What a sentence breaks.
  enum Breach {
    /// It tells what the model was told.
    INSTRUCTIONS,
    /// It claims to be a person's.
    PERSON,
    /// It says that something was done, which nothing in the call has said.
    DEED,
    /// It has an amount that neither documents nor the call have.
    AMOUNT,
    /// It has an address or a number to call that neither documents nor the call have.
    ADDRESS;

    String told() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Bounds(Agent agent) {
    instructions = runs(words(Asking.instructions(agent)));
    persona = agent.persona();
  }

  /// The bounds of the answer to `request`, whose documents are `found`; `begun` was said of it.
  Answer of(ChatRequest request, List<Found> found, List<String> begun) {
    String documents =
        found.stream().flatMap(each -> each.sentences().stream()).collect(Collectors.joining(" "));
    String agentSaid = said(request, Role.ASSISTANT);
    List<String> names =
        request.functions().stream()
            .map(Function::name)
            .filter(each -> each.contains("_"))
            .toList();
    Answer answer =
        new Answer(
            String.join(" ", documents, agentSaid, persona, Asking.toldOfTheAccount(request)),
            agentSaid,
            said(request, Role.USER),
            names);
    begun.forEach(answer.sofar::add);
    return answer;
  }

  private static String said(ChatRequest request, Role role) {
    return request.messages().stream()
        .filter(each -> each.role() == role)
        .map(Message::text)
        .collect(Collectors.joining(" "));
  }

  /// One answer, sentence after sentence.
  final class Answer {
    private final String agentSaid;
    private final List<String> names;
    private final Set<BigDecimal> amounts;
    private final String addresses;
    private final String digits;
    private final Sofar sofar = new Sofar();

    private Answer(String given, String agentSaid, String callerSaid, List<String> names) {
      this.agentSaid = String.join(" ", words(agentSaid));
      this.names = names;
      this.amounts = SpokenNumbers.all(given);
      this.addresses = addressed(given + " " + callerSaid);
      this.digits =
          digits(given + " " + callerSaid)
              .map(each -> String.join("", each))
              .collect(Collectors.joining(" "));
    }

    /// What the next sentence breaks, if anything.
    Optional<Breach> breach(String sentence) {
      String plain = String.join(" ", words(sentence));
      if (isInstructions(sentence)) {
        return Optional.of(Breach.INSTRUCTIONS);
      }
      if (PERSON.matcher(plain).find()) {
        return Optional.of(Breach.PERSON);
      }
      if (claims(plain)) {
        return Optional.of(Breach.DEED);
      }
      if (!amounts.containsAll(SpokenNumbers.money(sentence))) {
        return Optional.of(Breach.AMOUNT);
      }
      return isElsewhere(sentence) ? Optional.of(Breach.ADDRESS) : Optional.empty();
    }

    /// Also where a sentence ends in the midst of it.
    private boolean isInstructions(String sentence) {
      sofar.add(sentence);
      return Canary.isIn(sofar.spelled)
          || runs(sofar.words).stream().anyMatch(instructions::contains)
          || names.stream().anyMatch(sentence.toLowerCase(Locale.ROOT)::contains);
    }

    private boolean claims(String plain) {
      return DONE.matcher(plain)
          .results()
          .map(each -> each.group(1) == null ? each.group(2) : each.group(1))
          .anyMatch(deed -> !agentSaid.contains(deed));
    }

    private boolean isElsewhere(String sentence) {
      boolean isOther =
          Addresses.in(addressed(sentence)).stream().anyMatch(each -> !addresses.contains(each));
      return isOther || digits(sentence).anyMatch(this::isOtherNumber);
    }

    /// Several short numbers beside each other are no long one, if each is known.
    private boolean isOtherNumber(List<String> run) {
      String number = String.join("", run);
      boolean isKnown =
          digits.contains(number)
              || run.stream()
                  .allMatch(each -> each.length() >= DIGITS_OF_AN_ID && digits.contains(each));
      return number.length() >= DIGITS_OF_A_NUMBER_TO_CALL && !isKnown;
    }
  }

  /// The latest sentence, and as much of those before as may go on in it.
  private static final class Sofar {
    private final List<String> words = new ArrayList<>();
    private String spelled = "";

    void add(String sentence) {
      words.subList(0, Math.max(0, words.size() - SAME_WORDS + 1)).clear();
      words.addAll(words(sentence));
      String before = spelled.substring(Math.max(0, spelled.length() - Canary.MARK.length() + 1));
      spelled = before + Canary.spelled(sentence);
    }
  }

  private static List<String> words(String text) {
    String plain =
        NOT_WORDS.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\'')).replaceAll(" ").strip();
    return plain.isEmpty() ? List.of() : List.of(plain.split(" "));
  }

  private static Set<String> runs(List<String> words) {
    Set<String> runs = new HashSet<>();
    for (int from = 0; from + SAME_WORDS <= words.size(); from++) {
      runs.add(String.join(" ", words.subList(from, from + SAME_WORDS)));
    }
    return runs;
  }

  /// Addresses as they are written, also where they were spoken.
  private static String addressed(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("\\s+dot\\s+", ".")
        .replaceAll("\\s+at\\s+(?=\\S+\\.\\S)", "@");
  }

  /// The runs of digits, in figures or words, as they are grouped.
  private static Stream<List<String>> digits(String text) {
    List<List<String>> runs = new ArrayList<>();
    List<String> run = new ArrayList<>();
    for (String word : words(text)) {
      int named = word.equals("oh") ? 0 : DIGIT_WORDS.indexOf(word);
      if (named >= 0) {
        run.add(Integer.toString(named));
      } else if (word.chars().allMatch(Character::isDigit)) {
        run.add(word);
      } else {
        runs.add(List.copyOf(run));
        run.clear();
      }
    }
    runs.add(run);
    return runs.stream().filter(each -> !each.isEmpty());
  }
}
