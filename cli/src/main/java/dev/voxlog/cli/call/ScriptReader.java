package dev.voxlog.cli.call;

import dev.voxlog.agent.Durations;
import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads scripts; demo/acceptance/README.md describes the format.
final class ScriptReader {
  private static final Set<String> TOP =
      Set.of("speaker", "orders", "noise", "replies", "utterances", "questions", "interruptions");
  private static final Set<String> LINE =
      Set.of("file", "say", "again", "intent", "tool", "arguments", "answer");
  private static final Set<String> INTERRUPTION = Set.of("question", "interrupt", "after", "ends");

  private final Path file;

  private ScriptReader(Path file) {
    this.file = file;
  }

  /// @throws UserError naming file, key and what is wrong
  static Script read(Path file) {
    return new ScriptReader(file).read();
  }

  private Script read() {
    Map<?, ?> top = map(parsed(), "the file");
    known(top, TOP, "");
    List<Script.Line> lines = new ArrayList<>();
    for (Object each : list(top.get("utterances"), "utterances")) {
      lines.add(line(map(each, "utterances"), lines.size()));
    }
    Map<String, String> questions = strings(top.get("questions"), "questions");
    for (Object each : list(top.get("interruptions"), "interruptions")) {
      lines.add(interruption(map(each, "interruptions"), questions, lines.size()));
    }
    if (lines.isEmpty()) {
      throw wrong("utterances", "must list what is said");
    }
    return new Script(
        (int) number(top, "speaker", 0),
        number(top, "orders", 0),
        number(top, "noise", 20),
        strings(top.get("replies"), "replies"),
        lines);
  }

  private Object parsed() {
    try {
      Object read =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      return read == null ? Map.of() : read;
    } catch (IOException e) {
      throw new UserError(
          file + " cannot be read; name a script such as demo/acceptance/speaker-300.yaml");
    } catch (YamlEngineException e) {
      throw new UserError(file + ": " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  private Script.Line line(Map<?, ?> given, int at) {
    String path = "utterances[" + at + "].";
    known(given, LINE, path);
    String answer = text(given, "answer");
    try {
      Pattern.compile(answer == null ? "" : answer);
    } catch (PatternSyntaxException e) {
      throw wrong(path + "answer", "is no regular expression: " + e.getDescription());
    }
    Expectation expectation =
        new Expectation(
            intents(given.get("intent")),
            text(given, "tool"),
            strings(given.get("arguments"), path + "arguments"),
            answer);
    return new Script.Line(
        needed(given, "file", path),
        needed(given, "say", path),
        text(given, "again"),
        expectation,
        null);
  }

  private Script.Line interruption(Map<?, ?> given, Map<String, String> questions, int at) {
    String path = "interruptions[" + at + "].";
    known(given, INTERRUPTION, path);
    String question = needed(given, "question", path);
    String sound = needed(given, "interrupt", path);
    String say = questions.get(question);
    if (say == null) {
      throw wrong(
          path + "question", "'" + question + "' is not among questions: " + questions.keySet());
    }
    Duration after =
        Durations.parse(needed(given, "after", path))
            .orElseThrow(() -> wrong(path + "after", "must be a duration, such as 1500ms"));
    boolean ends = !"false".equals(text(given, "ends"));
    String name = "%02d-%s-%s".formatted(at + 1, question, sound);
    return new Script.Line(name, say, null, null, new Script.Interruption(sound, after, ends));
  }

  private static List<String> intents(@Nullable Object given) {
    return switch (given) {
      case null -> List.of();
      case List<?> several -> several.stream().map(String::valueOf).toList();
      default -> List.of(given.toString());
    };
  }

  private void known(Map<?, ?> given, Set<String> keys, String path) {
    given.keySet().stream()
        .filter(key -> !keys.contains(String.valueOf(key)))
        .findFirst()
        .ifPresent(key -> {
          throw wrong(path + key, "is not known; there are " + keys.stream().sorted().toList());
        });
  }

  private String needed(Map<?, ?> given, String key, String path) {
    String value = text(given, key);
    if (value == null || value.isBlank()) {
      throw wrong(path + key, "is missing");
    }
    return value;
  }

  private static @Nullable String text(Map<?, ?> given, String key) {
    Object value = given.get(key);
    return value == null ? null : value.toString();
  }

  private long number(Map<?, ?> given, String key, long otherwise) {
    Object value = given.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw wrong(key, "must be a number");
  }

  private Map<String, String> strings(@Nullable Object given, String path) {
    Map<String, String> strings = new LinkedHashMap<>();
    // YAML reads yes and no as words here, not as booleans, but an author may have quoted them
    // either way.
    map(given == null ? Map.of() : given, path)
        .forEach((key, value) -> strings.put(String.valueOf(key), String.valueOf(value)));
    return strings;
  }

  private Map<?, ?> map(Object given, String path) {
    if (given instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(path, "must have keys and values");
  }

  private List<?> list(@Nullable Object given, String path) {
    return switch (given) {
      case null -> List.of();
      case List<?> list -> list;
      default -> throw wrong(path, "must be a list");
    };
  }

  private UserError wrong(String key, String problem) {
    return new UserError(file + ": " + key + " " + problem);
  }
}
