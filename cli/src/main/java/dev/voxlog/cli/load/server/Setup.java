package dev.voxlog.cli.load.server;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was measured: how the server's stages are laid out, its agent, its settings where they are
/// not the usual ones, and which Voxlog this is.
public record Setup(String layout, String agent, Map<String, String> settings, String version) {
  /// Flags that every JVM of the run was given by the environment; properties are nobody's
  /// business.
  private static final List<String> OPTIONS =
      Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
          .flatMap(name -> Stream.of(System.getenv().getOrDefault(name, "").split("\\s+")))
          .filter(option -> option.startsWith("-X"))
          .toList();

  public Setup {
    settings = new TreeMap<>(settings);
  }

  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layout", layout);
    json.put("agent", agent);
    json.put("settings", settings);
    json.put("version", version);
    json.put("java", Runtime.version().toString());
    json.put("javaOptions", OPTIONS);
    json.put("cores", Runtime.getRuntime().availableProcessors());
    json.put("system", ManagementFactory.getOperatingSystemMXBean().getName());
    return json;
  }

  /// In one line, for people.
  public String line() {
    String all =
        settings.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(", "));
    return "%s; %s, %s; Java %s%s, %d cores; %s"
        .formatted(
            version,
            layout,
            agent,
            Runtime.version(),
            OPTIONS.stream().map(option -> " " + option).collect(Collectors.joining()),
            Runtime.getRuntime().availableProcessors(),
            all.isEmpty() ? "usual settings" : all);
  }
}
