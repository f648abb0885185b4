package dev.voxlog.cli.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Where values come from: a file, environment variables, `key=value` arguments. Each gives flat,
/// dotted keys.
final class Sources {
  private static final String VARIABLE = "VOXLOG_";

  private Sources() {}

  /// `.properties`, or YAML whose nesting is written with dots.
  static Map<String, String> file(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UserError(
          "--config %s %s; name a .properties or .yaml file"
              .formatted(file, Files.exists(file) ? "cannot be read" : "does not exist"));
    }
    return file.toString().endsWith(".properties") ? properties(text, file) : yaml(text, file);
  }

  private static Map<String, String> properties(String text, Path file) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError("--config %s: %s".formatted(file, e.getMessage()));
    }
    Map<String, String> values = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key).strip()));
    return values;
  }

  private static Map<String, String> yaml(String text, Path file) {
    try {
      Object read =
          new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(text);
      Map<String, String> values = new TreeMap<>();
      if (read instanceof Map<?, ?> top) {
        flatten("", top, values);
      } else if (read != null) {
        throw new UserError(
            "--config %s: must be keys and values, such as 'ingress.port: 8080'".formatted(file));
      }
      return values;
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
      throw new UserError("--config %s:%s %s".formatted(file, line, e.getProblem()));
    }
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> into) {
    map.forEach((key, value) -> {
      String path = prefix + key;
      switch (value) {
        case Map<?, ?> nested -> flatten(path + ".", nested, into);
        case List<?> list ->
            into.put(path, String.join(",", list.stream().map(String::valueOf).toList()));
        case null -> into.put(path, "");
        default -> into.put(path, value.toString());
      }
    });
  }

  /// `VOXLOG_INGRESS_AUTH_TOKEN` for `ingress.authToken`, `VOXLOG_KAFKA_SECURITY_PROTOCOL` for
  /// `kafka.security.protocol`.
  static Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> values = new TreeMap<>();
    variables.forEach((name, value) -> {
      // Kubernetes sets VOXLOG_INGRESS_PORT=tcp://… of its own for a service called voxlog-ingress.
      if (name.startsWith(VARIABLE) && !value.startsWith("tcp://")) {
        key(name).ifPresent(key -> values.put(key, value));
      }
    });
    return values;
  }

  /// Variables with our prefix that name no setting, each with the one that was probably meant,
  /// null if none is near.
  static Map<String, @Nullable String> strangers(Map<String, String> variables) {
    Map<String, @Nullable String> strangers = new TreeMap<>();
    List<String> known =
        SettingTable.all()
            .filter(setting -> !setting.isFamily())
            .map(setting -> variable(setting.key()))
            .toList();
    for (String name : variables.keySet()) {
      boolean isOfTheScript =
          List.of("VOXLOG_JAVA_HOME", "VOXLOG_JAVA_OPTS", "VOXLOG_DEBUG").contains(name);
      boolean isOfKubernetes =
          name.matches("VOXLOG(_.+)?_(SERVICE_(HOST|PORT)(_.+)?|PORT(_\\d+_(TCP|UDP).*)?)");
      if (name.startsWith(VARIABLE) && !isOfTheScript && !isOfKubernetes && key(name).isEmpty()) {
        strangers.put(name, dev.voxlog.agent.reading.Closest.to(name, known).orElse(null));
      }
    }
    return strangers;
  }

  private static Optional<String> key(String variable) {
    return SettingTable.all()
        .filter(setting -> !setting.isFamily() && variable(setting.key()).equals(variable))
        .map(Setting::key)
        .findFirst()
        .or(() ->
            SettingTable.all()
                .filter(Setting::isFamily)
                .filter(family -> variable.startsWith(variable(family.prefix())))
                .map(family ->
                    variable
                        .substring(VARIABLE.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.'))
                .findFirst());
  }

  /// The environment variable of a key.
  static String variable(String key) {
    return VARIABLE
        + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /// `--set key=value`, each.
  static Map<String, String> arguments(List<String> written) {
    Map<String, String> values = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (String each : written) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        wrong.add(each);
      } else {
        values.put(each.substring(0, equals).strip(), each.substring(equals + 1).strip());
      }
    }
    if (!wrong.isEmpty()) {
      throw new UserError(
          "--set %s must be key=value, such as --set ingress.port=8080"
              .formatted(wrong.getFirst()));
    }
    return values;
  }
}
