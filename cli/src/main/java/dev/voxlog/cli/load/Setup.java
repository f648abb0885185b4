package dev.voxlog.cli.load;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was measured: how the server's stages are laid out, its settings where they are not the
/// usual ones, and which Voxlog this is. Two reports are of the same thing if these are the same.
record Setup(String layout, Map<String, String> settings, String version) {
  Setup {
    settings = new TreeMap<>(settings);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layout", layout);
    json.put("settings", settings);
    json.put("version", version);
    json.put("java", Runtime.version().toString());
    json.put("javaOptions", System.getenv().getOrDefault("JAVA_TOOL_OPTIONS", ""));
    json.put("cores", Runtime.getRuntime().availableProcessors());
    json.put("system", ManagementFactory.getOperatingSystemMXBean().getName());
    return json;
  }

  /// In one line, for people.
  String line() {
    String all =
        settings.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(", "));
    return "%s; %s; Java %s, %d cores; %s"
        .formatted(
            version,
            layout,
            Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            all.isEmpty() ? "usual settings" : all);
  }
}
