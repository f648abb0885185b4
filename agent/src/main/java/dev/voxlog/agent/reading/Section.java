package dev.voxlog.agent.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.agent.Durations;
import dev.voxlog.agent.Names;
import dev.voxlog.agent.RulesBroken;
import dev.voxlog.agent.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A map of the file, read key by key. What cannot be read is noted, and a harmless value stands in
/// for it, so that the reading goes on and all problems are told at once.
final class Section {
  private final String path;
  private final Problems problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(String path, MappingNode node, Problems problems) {
    this.path = path;
    this.problems = problems;
    problems.place(path, node);
    for (NodeTuple tuple : node.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
        problems.addAt(tuple.getKeyNode(), path(key), "is written twice", "keep one of them");
      }
      problems.place(path(key), tuple.getKeyNode());
    }
  }

  /// The map `node` is; null, with a problem noted, if it is none.
  static @Nullable Section of(String path, Node node, Problems problems) {
    if (node instanceof MappingNode map) {
      return new Section(path, map, problems);
    }
    problems.add(
        path,
        "is " + kind(node) + " where keys with values are wanted",
        "write keys below it, as in name: value");
    return null;
  }

  String path() {
    return path;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean has(String key) {
    asked.add(key);
    return entries.containsKey(key);
  }

  Set<String> keys() {
    return entries.keySet();
  }

  void report(String key, String reason, String fix) {
    problems.add(path(key), reason, fix);
  }

  /// Makes a record of what was read; null, with its broken rules noted, if it refuses. Keys never
  /// asked for are noted.
  <T> @Nullable T build(Supplier<T> record) {
    for (String key : entries.keySet()) {
      if (!asked.contains(key)) {
        report(key, "is no key here", Closest.fix(key, asked));
      }
    }
    return part(record);
  }

  /// The same for a record of which some keys here are a part.
  <T> @Nullable T part(Supplier<T> record) {
    try {
      return record.get();
    } catch (RulesBroken broken) {
      broken.breaks().stream()
          .filter(each -> !problems.has(path(each.key())))
          .forEach(each -> report(each.key(), each.value() + " " + each.rule(), each.fix()));
      return null;
    }
  }

  /// A text that must be there; empty if it is not.
  String text(String key, String example) {
    if (!has(key)) {
      report(key, "is missing", "add " + key + ": " + example);
      return "";
    }
    return text(key);
  }

  /// A text, empty if absent.
  String text(String key) {
    Node node = node(key);
    return node == null ? "" : scalar(path(key), node);
  }

  @Nullable String optionalText(String key) {
    return has(key) ? text(key) : null;
  }

  /// One text or a list of them; empty if absent.
  List<String> texts(String key) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      return List.of(scalar(path(key), node));
    }
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < list.getValue().size(); index++) {
      String itemPath = path(key) + "[" + index + "]";
      problems.place(itemPath, list.getValue().get(index));
      texts.add(scalar(itemPath, list.getValue().get(index)));
    }
    return texts;
  }

  /// Keys of the file's own choosing with texts.
  Map<String, String> textMap(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    Section section = section(key);
    if (section != null) {
      section.keys().forEach(each -> texts.put(each, section.text(each)));
    }
    return texts;
  }

  /// Keys of the file's own choosing with templates.
  Map<String, Template> templateMap(String key) {
    Map<String, Template> templates = new LinkedHashMap<>();
    Section section = section(key);
    if (section != null) {
      section
          .keys()
          .forEach(each ->
              templates.put(each, section.template(path(key) + "." + each, section.text(each))));
    }
    return templates;
  }

  @Nullable Template template(String key) {
    return has(key) ? template(path(key), text(key)) : null;
  }

  List<Template> templates(String key) {
    List<String> texts = texts(key);
    List<Template> templates = new ArrayList<>();
    for (int index = 0; index < texts.size(); index++) {
      templates.add(
          template(
              texts.size() == 1 ? path(key) : path(key) + "[" + index + "]", texts.get(index)));
    }
    return templates;
  }

  private Template template(String at, String text) {
    try {
      return Template.of(text);
    } catch (IllegalArgumentException malformed) {
      problems.add(
          at,
          String.valueOf(malformed.getMessage()),
          "write {name} for a value, {{ and }} for braces");
      return Template.of("");
    }
  }

  Duration duration(String key, Duration fallback) {
    return read(
        key,
        fallback,
        "a duration",
        Durations.format(fallback),
        text -> Durations.parse(text).orElse(null));
  }

  int integer(String key, int fallback) {
    return read(
        key,
        fallback,
        "a whole number",
        fallback,
        text -> text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : null);
  }

  double number(String key, double fallback) {
    return read(
        key,
        fallback,
        "a number",
        fallback,
        text -> text.matches("-?\\d{1,9}(\\.\\d{1,9})?") ? Double.valueOf(text) : null);
  }

  boolean flag(String key, boolean fallback) {
    return read(
        key,
        fallback,
        "true or false",
        fallback,
        text -> text.matches("true|false") ? Boolean.valueOf(text) : null);
  }

  <E extends Enum<E>> E choice(String key, E fallback) {
    List<E> constants =
        Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
            .filter(each -> !each.name().equals("UNKNOWN"))
            .toList();
    String text = text(key);
    for (E constant : constants) {
      if (Names.key(constant).equals(text)) {
        return constant;
      }
    }
    if (!text.isEmpty()) {
      report(
          key,
          text + " is no choice here",
          Closest.fix(text, constants.stream().map(Names::key).toList()));
    }
    return fallback;
  }

  private <T> T read(
      String key,
      T fallback,
      String wanted,
      Object example,
      Function<String, @Nullable T> reading) {
    if (!has(key)) {
      return fallback;
    }
    String text = text(key);
    T value = text.isEmpty() ? null : reading.apply(text);
    if (value == null && !text.isEmpty()) {
      report(key, text + " is not " + wanted, "write " + key + ": " + example);
    }
    return value == null ? fallback : value;
  }

  /// The map below a key; null if absent or none.
  @Nullable Section section(String key) {
    Node node = node(key);
    return node == null ? null : of(path(key), node, problems);
  }

  /// The maps listed below a key.
  List<Section> sections(String key) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      report(
          key,
          "is " + kind(node) + " where a list is wanted",
          "begin each item on its own line with a dash");
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    for (int index = 0; index < list.getValue().size(); index++) {
      String itemPath = path(key) + "[" + index + "]";
      problems.place(itemPath, list.getValue().get(index));
      Section section = of(itemPath, list.getValue().get(index), problems);
      if (section != null) {
        sections.add(section);
      }
    }
    return sections;
  }

  /// What is below a key as JSON; null if absent.
  @Nullable JsonNode json(String key) {
    Node node = node(key);
    return node == null ? null : new YamlToJson(problems, path(key)).convert(node);
  }

  /// Whether a key has a list that begins with a map.
  boolean listsMaps(String key) {
    return node(key) instanceof SequenceNode list
        && !list.getValue().isEmpty()
        && list.getValue().getFirst() instanceof MappingNode;
  }

  private @Nullable Node node(String key) {
    asked.add(key);
    return entries.get(key);
  }

  private String scalar(String at, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(
          at,
          "is " + kind(node) + " where one value is wanted",
          "write the value on the same line, as in name: value");
      return "";
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      problems.add(at, "is empty", "write a value, or remove the line");
      return "";
    }
    return scalar.getValue().strip();
  }

  private static String kind(Node node) {
    return switch (node) {
      case MappingNode _ -> "a map";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "empty";
      default -> "a single value";
    };
  }
}
