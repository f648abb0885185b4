package dev.voxlog.cli.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.analytics.Turn;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.Understanding.Understood;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says whether the records of what came of a caller's words are as expected: a pure function of
/// them. `caller` is the number the call comes from, `today` the day on which it is made.
record Judge(String caller, LocalDate today) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANYTHING = "*";
  private static final Pattern DAY = Pattern.compile("\\{today(?:\\+(\\d+))?}");

  /// `wrongs` says what is wrong, empty when right. `isAnswered` is whether the agent's words are
  /// as expected, true when nothing is expected of them.
  record Judgement(List<String> wrongs, boolean isAnswered) {
    Judgement {
      wrongs = List.copyOf(wrongs);
    }

    boolean isRight() {
      return wrongs.isEmpty();
    }
  }

  /// `understood` are the file's own utterances, `turns` all that came of it, replies included.
  Judgement judge(
      Expectation expected, List<Understood> understood, List<Turn> turns, CallFacts facts) {
    List<String> wrongs = new ArrayList<>();
    intent(expected, understood, wrongs);
    if (expected.needsTool()) {
      tool(expected, turns, wrongs);
    } else {
      turns.stream()
          .flatMap(turn -> turn.tools().stream())
          .findFirst()
          .ifPresent(call -> wrongs.add("called " + call.tool() + " " + call.arguments()));
    }
    boolean isTransferred = turns.stream().anyMatch(facts::isTransferredBy);
    if (isTransferred != expected.isTransfer()) {
      wrongs.add(isTransferred ? "put through to a person" : "not put through to a person");
    }
    if (turns.stream().map(Turn::answer).anyMatch(Judge::asksForKeys)) {
      wrongs.add("fell to the keypad");
    }
    return new Judgement(wrongs, isAnswered(expected, turns));
  }

  private static void intent(
      Expectation expected, List<Understood> understood, List<String> wrongs) {
    if (expected.intents().isEmpty()) {
      return;
    }
    List<String> intents = understood.stream().map(Understood::intent).toList();
    boolean acceptsNone = expected.intents().contains(Understanding.UNSURE);
    boolean fits =
        acceptsNone
            ? !intents.isEmpty() && expected.intents().containsAll(intents)
            : intents.stream().anyMatch(expected.intents()::contains);
    if (!fits) {
      wrongs.add(
          intents.isEmpty() ? "nothing recognised" : "understood as " + String.join(", ", intents));
    }
  }

  private void tool(Expectation expected, List<Turn> turns, List<String> wrongs) {
    List<Turn.ToolCall> calls = turns.stream().flatMap(turn -> turn.tools().stream()).toList();
    if (calls.isEmpty()) {
      wrongs.add(expected.tool() + " not called");
      return;
    }
    Turn.ToolCall last = calls.getLast();
    if (!isExpected(expected, last) || last.outcome() != Outcome.OK) {
      wrongs.add("called " + last.tool() + " " + last.arguments() + ": " + outcome(last));
    }
    calls.stream()
        .limit(calls.size() - 1L)
        .filter(call -> call.outcome() == Outcome.OK && !isExpected(expected, call))
        .forEach(call -> wrongs.add("accepted " + call.tool() + " " + call.arguments()));
  }

  private static String outcome(Turn.ToolCall call) {
    return call.outcome() == null ? "no answer" : call.outcome().name().toLowerCase(Locale.ROOT);
  }

  /// Whether a call is to the tool, with the arguments.
  boolean isExpected(Expectation expected, Turn.ToolCall call) {
    return call.tool().equals(expected.tool())
        && isExpected(expected.arguments(), call.arguments());
  }

  private boolean isExpected(Map<String, String> expected, String arguments) {
    Map<String, String> given = arguments(arguments);
    if (!given.keySet().equals(expected.keySet())) {
      return false;
    }
    return expected.entrySet().stream()
        .allMatch(each -> isSame(resolved(each.getValue()), given.getOrDefault(each.getKey(), "")));
  }

  private static boolean isSame(String expected, String given) {
    if (expected.equals(ANYTHING)) {
      return true;
    }
    boolean areNumbers = expected.matches("[+]?\\d+") && given.matches("[+]?[\\d -]+");
    return areNumbers ? Digits.same(expected, given) : expected.equalsIgnoreCase(given);
  }

  /// With the caller's number and dates in the place of their names.
  String resolved(String value) {
    Matcher day = DAY.matcher(value);
    if (day.matches()) {
      return today.plusDays(day.group(1) == null ? 0 : Long.parseLong(day.group(1))).toString();
    }
    return value.equals("{caller}") ? caller : value;
  }

  /// Those that say something.
  private static Map<String, String> arguments(String json) {
    Map<String, String> arguments = new TreeMap<>();
    try {
      JsonNode read = JSON.readTree(json);
      read.properties()
          .forEach(each -> {
            if (!each.getValue().isNull() && !each.getValue().asText().isBlank()) {
              arguments.put(each.getKey(), each.getValue().asText());
            }
          });
    } catch (IOException e) {
      arguments.put("unreadable", json);
    }
    return arguments;
  }

  /// The agent's prompts for keys say where to type.
  static boolean asksForKeys(String answer) {
    return answer.toLowerCase(Locale.ROOT).contains("keypad");
  }

  private static boolean isAnswered(Expectation expected, List<Turn> turns) {
    if (expected.answer() == null) {
      return true;
    }
    Pattern pattern = Pattern.compile(expected.answer(), Pattern.CASE_INSENSITIVE);
    return turns.stream().anyMatch(turn -> pattern.matcher(turn.answer()).find());
  }

  /// Whether the caller would say yes to this question: the number read back is the one meant, or,
  /// without one, the caller's own number is asked about and meant. Other offers are declined.
  boolean confirms(Expectation expected, String question) {
    List<String> meant = expected.arguments().values().stream().map(this::resolved).toList();
    List<String> numbers = Digits.runs(question).stream().filter(run -> run.length() >= 4).toList();
    if (numbers.isEmpty()) {
      return expected.arguments().containsValue("{caller}") && question.contains("number");
    }
    return numbers.stream()
        .allMatch(number -> meant.stream().anyMatch(each -> Digits.same(each, number)));
  }
}
