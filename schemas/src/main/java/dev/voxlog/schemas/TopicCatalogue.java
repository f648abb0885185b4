package dev.voxlog.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/// All topics of an estate: what each is called, and how it should be set up.
///
/// Keys: `topics.prefix`, `topics.partitions` (fixed for the life of a prefix),
/// `topics.replication` (−1: the broker's), `topics.config.<kafka key>` for every topic, and for
/// one topic, by its logical name, `topics.<topic>.name` and `topics.<topic>.config.<kafka key>`.
public final class TopicCatalogue {
  public static final String TURNS = "turns";
  public static final String CALL_SUMMARIES = "call.summaries";
  public static final String DEAD_LETTERS = "dlq";

  private static final String KEYS = "topics.";
  private static final String CONFIG = "config.";
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private final Map<String, TopicSpec> specs = new LinkedHashMap<>();

  private TopicCatalogue(Map<String, String> keys) {
    int partitions = number(keys, "partitions", "6", 1, 10_000);
    short replication = (short) number(keys, "replication", "-1", -1, 100);
    String prefix = keys.getOrDefault(KEYS + "prefix", "");
    refuseUnknown(keys);
    for (String id : ids()) {
      String key = KEYS + id + ".name";
      String name = keys.getOrDefault(key, prefix + id);
      if (!LEGAL.matcher(name).matches()) {
        String at = keys.containsKey(key) ? key : KEYS + "prefix";
        throw new ConfigException(at, name, "a topic's name has letters, digits, '.', '_' and '-'");
      }
      Map<String, String> configs = new TreeMap<>(defaults(id));
      configs.putAll(under(keys, KEYS + CONFIG));
      configs.putAll(under(keys, KEYS + id + "." + CONFIG));
      int count = id.equals(AgentRecord.TOPIC) ? 1 : partitions;
      specs.put(id, new TopicSpec(name, count, replication, configs));
    }
    refuseTwins();
  }

  /// Reads the keys above, leaving others alone that do not begin with `topics.`; throws
  /// ConfigException.
  public static TopicCatalogue from(Map<String, String> keys) {
    return new TopicCatalogue(keys);
  }

  /// With the defaults throughout.
  public static TopicCatalogue standard() {
    return from(Map.of());
  }

  /// The physical name.
  public String name(Topic topic) {
    return spec(topic.id()).name();
  }

  /// The physical name of a topic by its logical one, such as [#DEAD_LETTERS].
  public String name(String id) {
    return spec(id).name();
  }

  public TopicSpec spec(String id) {
    TopicSpec spec = specs.get(id);
    if (spec == null) {
      throw new IllegalArgumentException("no topic '" + id + "'; there are " + ids());
    }
    return spec;
  }

  /// Every topic, in the order of a call.
  public List<TopicSpec> all() {
    return List.copyOf(specs.values());
  }

  /// The logical names of every topic, in the order of a call.
  public static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      ids.add(topic.id());
    }
    ids.addAll(List.of(AgentRecord.TOPIC, TURNS, CALL_SUMMARIES, DEAD_LETTERS));
    return ids;
  }

  /// Retention drops whole segments only, so the segments of topics with a short one are small
  /// (reference: Kafka's `segment.bytes` of 1 GiB would keep audio far beyond it). Agent files may
  /// be larger than Kafka's 1 MiB.
  private static Map<String, String> defaults(String id) {
    return switch (id) {
      case "audio.in", "audio.out" -> deleted(Duration.ofHours(24), 32, Duration.ofMinutes(10));
      case DEAD_LETTERS -> deleted(Duration.ofHours(24), 16, Duration.ofHours(1));
      case TURNS, CALL_SUMMARIES -> deleted(Duration.ofDays(90), 64, Duration.ofDays(1));
      case AgentRecord.TOPIC ->
          Map.of(
              "cleanup.policy", "compact",
              "segment.bytes", Integer.toString(16 << 20),
              "max.message.bytes", Integer.toString(8 << 20));
      default -> deleted(Duration.ofDays(7), 64, Duration.ofHours(6));
    };
  }

  private static Map<String, String> deleted(Duration retention, int segmentMiB, Duration segment) {
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", Long.toString(retention.toMillis()),
        "segment.bytes", Integer.toString(segmentMiB << 20),
        "segment.ms", Long.toString(segment.toMillis()));
  }

  private static Map<String, String> under(Map<String, String> keys, String prefix) {
    Map<String, String> found = new TreeMap<>();
    keys.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), value);
      }
    });
    return found;
  }

  private static void refuseUnknown(Map<String, String> keys) {
    for (String key : under(keys, KEYS).keySet()) {
      boolean isKnown =
          List.of("prefix", "partitions", "replication").contains(key)
              || key.startsWith(CONFIG)
              || ids().stream()
                  .anyMatch(id -> key.equals(id + ".name") || key.startsWith(id + "." + CONFIG));
      if (!isKnown) {
        throw new ConfigException(
            "unknown key " + KEYS + key + ": topics are " + ids() + ", with .name and .config.*");
      }
    }
  }

  private void refuseTwins() {
    Map<String, String> seen = new TreeMap<>();
    specs.forEach((id, spec) -> {
      String other = seen.put(spec.name(), id);
      if (other != null) {
        throw new ConfigException(
            KEYS + id + ".name", spec.name(), "it is the name of " + other + " already");
      }
    });
  }

  private static int number(
      Map<String, String> keys, String key, String otherwise, int least, int most) {
    String text = keys.getOrDefault(KEYS + key, otherwise);
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most && value != 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below
    }
    throw new ConfigException(KEYS + key, text, "must be a whole number, " + least + " to " + most);
  }
}
