package dev.voxlog.cli.settings;

import dev.voxlog.agent.Durations;
import dev.voxlog.agent.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The values in force: every key is known and every value of its kind. What nobody set is resolved
/// where it is used.
public final class Settings {
  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /// Where values may come from, the later ones winning: file, environment, `--set`.
  public record Given(@Nullable Path file, Map<String, String> variables, List<String> arguments) {
    public Given {
      variables = Map.copyOf(variables);
      arguments = List.copyOf(arguments);
    }
  }

  /// Reads and checks what is given.
  ///
  /// @throws UserError naming the key, the value and what to write instead
  public static Settings read(Given given) {
    TreeMap<String, String> values = new TreeMap<>();
    Path file = given.file();
    if (file != null) {
      take(Sources.file(file), file.toString(), given.variables(), values);
    }
    take(Sources.environment(given.variables()), "environment", given.variables(), values);
    take(Sources.arguments(given.arguments()), "--set", given.variables(), values);
    return new Settings(values);
  }

  /// With nothing set but these.
  public static Settings of(Map<String, String> keys) {
    TreeMap<String, String> values = new TreeMap<>();
    take(keys, "configuration", Map.of(), values);
    return new Settings(values);
  }

  private static void take(
      Map<String, String> from,
      String origin,
      Map<String, String> variables,
      Map<String, String> into) {
    from.forEach((key, written) -> {
      Setting setting = known(key, origin);
      String value = expand(key, written, origin, variables);
      if (value.isBlank()) {
        into.remove(key);
      } else {
        setting.check(key, value, origin);
        into.put(key, value);
      }
    });
  }

  private static Setting known(String key, String origin) {
    Optional<String> meant = SettingTable.meant(key);
    Optional<Setting> setting = SettingTable.find(key);
    if (meant.isPresent() || setting.isEmpty()) {
      throw new UserError(
          "%s: there is no key %s%s"
              .formatted(
                  origin,
                  key,
                  meant
                      .map(near -> "; did you mean " + near + "?")
                      .orElse("; docs/configuration.md lists all keys")));
    }
    return setting.get();
  }

  private static String expand(
      String key, String value, String origin, Map<String, String> variables) {
    try {
      return Environment.expand(value, variables::get).strip();
    } catch (IllegalStateException e) {
      throw new UserError("%s: %s: %s".formatted(origin, key, e.getMessage()));
    }
  }

  /// What the environment sets under our prefix without any effect, a line each.
  public static List<String> warnings(Map<String, String> variables) {
    List<String> warnings = new ArrayList<>();
    Sources.strangers(variables)
        .forEach((name, meant) ->
            warnings.add(
                "environment variable %s sets nothing%s"
                    .formatted(name, meant == null ? "" : "; did you mean " + meant + "?")));
    return warnings;
  }

  /// The same with these keys over it, for short forms of `--set`; null values leave a key as it
  /// is.
  public Settings with(Map<String, @Nullable String> over) {
    TreeMap<String, String> merged = new TreeMap<>(values);
    Map<String, String> present = new HashMap<>();
    over.forEach((key, value) -> {
      if (value != null) {
        present.put(key, value);
      }
    });
    take(present, "arguments", Map.of(), merged);
    return new Settings(merged);
  }

  public boolean isSet(String key) {
    return values.containsKey(key);
  }

  /// What is set, or the standard; empty if there is neither.
  public String text(String key) {
    String value = values.get(key);
    return value != null ? value : setting(key).standard();
  }

  /// What is set or standard, null if neither.
  public @Nullable String optional(String key) {
    String value = text(key);
    return value.isEmpty() ? null : value;
  }

  /// What is separated by commas.
  List<String> list(String key) {
    return Arrays.stream(text(key).split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  public int whole(String key) {
    return Integer.parseInt(text(key));
  }

  public double number(String key) {
    return Double.parseDouble(text(key));
  }

  public Duration duration(String key) {
    return Durations.parse(text(key)).orElseThrow();
  }

  /// A folder or file, `~` being the user's own.
  public Path path(String key) {
    return Path.of(text(key).replaceFirst("^~(?=/|$)", System.getProperty("user.home", ".")))
        .toAbsolutePath()
        .normalize();
  }

  /// One of the words; the value's case does not matter.
  ///
  /// @throws UserError if it is none of them
  public String choice(String key, String... words) {
    for (String word : words) {
      if (word.equalsIgnoreCase(text(key))) {
        return word;
      }
    }
    throw new UserError(
        "%s = %s is none of %s".formatted(key, text(key), String.join(", ", words)));
  }

  /// Everything set under a prefix, without it.
  Map<String, String> under(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), value);
      }
    });
    return found;
  }

  /// Everything set but secrets and what concerns the running process alone.
  public Map<String, String> shareable() {
    Map<String, String> shareable = new TreeMap<>(values);
    shareable.keySet().removeIf(key -> isPrivate(key));
    return shareable;
  }

  /// The keys that are set and not among those.
  public Set<String> unshareable() {
    Set<String> keys = new TreeSet<>(values.keySet());
    keys.removeAll(shareable().keySet());
    return keys;
  }

  /// Families hold keys of other programs, whose secrets are told by their names.
  private static boolean isPrivate(String key) {
    return key.startsWith("local.")
        || setting(key).kind() == Setting.Kind.SECRET
        || setting(key).isFamily()
            && key.matches(".*(password|secret|jaas|user\\.info|token|\\.key).*");
  }

  /// Everything set.
  Map<String, String> all() {
    return Map.copyOf(values);
  }

  private static Setting setting(String key) {
    return SettingTable.find(key)
        .orElseThrow(() -> new IllegalArgumentException("no setting " + key));
  }
}
