package dev.voxlog.cli.settings;

import dev.voxlog.agent.reading.Closest;
import dev.voxlog.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// Every key there is, by section. Programs and documentation read this one table; defaults are the
/// stages' own.
public final class SettingTable {

  /// Keys that belong together.
  public record Section(String title, List<Setting> settings) {}

  private SettingTable() {}

  public static List<Section> sections() {
    return SettingSections.ALL;
  }

  public static Stream<Setting> all() {
    return SettingSections.ALL.stream().flatMap(section -> section.settings().stream());
  }

  /// The key's own entry, else its family's.
  public static Optional<Setting> find(String key) {
    return all()
        .filter(setting -> !setting.isFamily() && setting.covers(key))
        .findFirst()
        .or(() -> all().filter(setting -> setting.isFamily() && setting.covers(key)).findFirst());
  }

  /// The known key that was probably meant; empty if `key` is fine or nothing is near.
  static Optional<String> meant(String key) {
    Optional<Setting> found = find(key);
    if (found.isEmpty()) {
      return Closest.to(key, keys());
    }
    // Plug-ins of Kafka's clients bring keys of their own, so that only near misses are taken for
    // mistakes.
    String prefix = found.get().isFamily() ? found.get().prefix() : "";
    return prefix.equals("kafka.") && !keys().contains(key)
        ? Closest.to(key, keys())
            .filter(near -> Math.abs(near.length() - key.length()) <= 1 && alike(near, key))
        : Optional.empty();
  }

  private static boolean alike(String left, String right) {
    int same = 0;
    int most = Math.min(left.length(), right.length());
    while (same < most && left.charAt(same) == right.charAt(same)) {
      same++;
    }
    int tail = 0;
    while (tail < most - same
        && left.charAt(left.length() - 1 - tail) == right.charAt(right.length() - 1 - tail)) {
      tail++;
    }
    return Math.max(left.length(), right.length()) - same - tail <= 2;
  }

  /// All keys that can be named, those of Kafka's clients and of single topics included.
  static TreeSet<String> keys() {
    TreeSet<String> keys = new TreeSet<>();
    all().filter(setting -> !setting.isFamily()).forEach(setting -> keys.add(setting.key()));
    List<String> clients = new ArrayList<>(ConsumerConfig.configNames());
    clients.addAll(ProducerConfig.configNames());
    clients.addAll(AdminClientConfig.configNames());
    clients.forEach(name -> keys.add("kafka." + name));
    TopicCatalogue.ids().forEach(id -> keys.add("topics." + id + ".name"));
    return keys;
  }

  static Map<String, String> standards() {
    return all()
        .filter(setting -> !setting.standard().isEmpty())
        .collect(java.util.stream.Collectors.toUnmodifiableMap(Setting::key, Setting::standard));
  }
}
