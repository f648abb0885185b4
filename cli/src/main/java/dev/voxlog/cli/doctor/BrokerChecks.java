package dev.voxlog.cli.doctor;

import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.KafkaSettings.GroupProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a cluster's brokers tell, held against what calls need of them.
final class BrokerChecks {
  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final Duration MOST_AHEAD = Duration.ofSeconds(1);
  private static final long GIB = 1L << 30;

  private final KafkaSettings kafka;
  private final BrokerFacts facts;

  BrokerChecks(KafkaSettings kafka, BrokerFacts facts) {
    this.kafka = kafka;
    this.facts = facts;
  }

  List<Finding> all(Instant now) {
    List<Finding> findings = new ArrayList<>();
    findings.add(brokers());
    findings.add(sessions());
    findings.addAll(replicas());
    room().ifPresent(findings::add);
    clock(now).ifPresent(findings::add);
    return findings;
  }

  private Finding brokers() {
    Integer version = facts.features().get("metadata.version");
    String what =
        "%s answers: %d brokers%s"
            .formatted(
                kafka.bootstrapServers(),
                facts.nodes(),
                version == null ? "" : ", metadata.version " + version);
    boolean knowsGroups = facts.features().getOrDefault("group.version", 0) > 0;
    return kafka.protocol() == GroupProtocol.CONSUMER && version != null && !knowsGroups
        ? Finding.bad(
            "brokers",
            what + ", without the consumer protocol of Kafka 4",
            "set groups.protocol=classic and groups.session=6s, or raise the cluster's group.version to 1")
        : Finding.ok("brokers", what);
  }

  /// A member that dies silently keeps its partitions for as long as its session; until then nobody
  /// serves its calls.
  private Finding sessions() {
    return kafka.protocol() == GroupProtocol.CONSUMER ? consumerSessions() : classicSessions();
  }

  private Finding consumerSessions() {
    String key = "group.consumer.session.timeout.ms";
    Optional<Duration> session = millis(key);
    if (session.isEmpty()) {
      return untold(key);
    }
    String what = what(key, session.get());
    if (session.get().compareTo(QUICK) > 0) {
      return Finding.note(
          "groups",
          what + ": a killed worker is noticed only then",
          "on the brokers set group.consumer.min.session.timeout.ms=500, group.consumer.session.timeout.ms=2000,"
              + " group.consumer.min.heartbeat.interval.ms=100, group.consumer.heartbeat.interval.ms=500; then set groups.session to match");
    }
    return session.get().equals(kafka.session())
        ? Finding.ok("groups", what)
        : Finding.bad(
            "groups",
            what + ": they must agree",
            "set groups.session=%dms".formatted(session.get().toMillis()));
  }

  private Finding classicSessions() {
    String least = "group.min.session.timeout.ms";
    String most = "group.max.session.timeout.ms";
    Optional<Duration> shortest = millis(least);
    if (shortest.isEmpty()) {
      return untold(least);
    }
    if (shortest.get().compareTo(kafka.session()) > 0) {
      return Finding.bad(
          "groups",
          what(least, shortest.get()) + ": the brokers refuse such short sessions",
          "set groups.session=%dms".formatted(shortest.get().toMillis()));
    }
    Optional<Duration> longest = millis(most).filter(each -> each.compareTo(kafka.session()) < 0);
    return longest
        .map(each ->
            Finding.bad(
                "groups",
                what(most, each) + ": the brokers refuse such long sessions",
                "set groups.session=%dms".formatted(each.toMillis())))
        .orElseGet(() -> Finding.ok("groups", what(least, shortest.get())));
  }

  private String what(String key, Duration value) {
    return "%s is %d ms, groups.session %d ms"
        .formatted(key, value.toMillis(), kafka.session().toMillis());
  }

  private static Finding untold(String key) {
    return Finding.note(
        "groups",
        "the brokers do not say what %s is".formatted(key),
        "let the login describe the brokers' configuration; brokers before 4.0 need groups.protocol=classic and groups.session=6s or what they allow");
  }

  private Optional<Duration> millis(String key) {
    try {
      return Optional.ofNullable(facts.config().get(key))
          .map(value -> Duration.ofMillis(Long.parseLong(value)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Nothing counts as written before min.insync.replicas have it.
  private List<Finding> replicas() {
    List<Finding> findings = new ArrayList<>();
    int wanted = kafka.topics().all().getFirst().replication();
    if (wanted > facts.nodes()) {
      findings.add(
          Finding.bad(
              "replicas",
              "topics.replication is %d, and there are %d brokers".formatted(wanted, facts.nodes()),
              "set topics.replication=%d, or start more brokers".formatted(facts.nodes())));
    }
    new TreeMap<>(facts.topics())
        .forEach((name, topic) -> replicas(name, topic).ifPresent(findings::add));
    if (findings.isEmpty() && !facts.topics().isEmpty()) {
      findings.add(Finding.ok("replicas", "every partition has a leader and all of its replicas"));
    }
    return findings;
  }

  private Optional<Finding> replicas(String name, BrokerFacts.TopicFacts topic) {
    String count = "%s has %d replicas".formatted(name, topic.replicas());
    if (topic.leaderless() > 0) {
      return Optional.of(
          Finding.bad(
              "replicas",
              "%d partitions of %s have no leader".formatted(topic.leaderless(), name),
              "start the brokers that hold them"));
    }
    if (topic.minInSync() > topic.replicas()) {
      return Optional.of(
          Finding.bad(
              "replicas",
              "%s and min.insync.replicas %d: nothing can be written"
                  .formatted(count, topic.minInSync()),
              "lower it: topics.config.min.insync.replicas=%d, then voxlog topics apply"
                  .formatted(Math.max(1, topic.replicas() - 1))));
    }
    if (topic.outOfSync() > 0) {
      return Optional.of(
          Finding.note(
              "replicas",
              "%d partitions of %s have replicas that lag or are down"
                  .formatted(topic.outOfSync(), name),
              "look for a broker that is down or overloaded"));
    }
    if (topic.replicas() > 1 && topic.minInSync() == topic.replicas()) {
      return Optional.of(
          Finding.note(
              "replicas",
              "%s and min.insync.replicas as many: the first broker that dies stops all calls"
                  .formatted(count),
              "set topics.config.min.insync.replicas=%d, then voxlog topics apply"
                  .formatted(topic.replicas() - 1)));
    }
    return topic.replicas() == 1 && facts.nodes() > 1
        ? Optional.of(
            Finding.note(
                "replicas",
                count
                    + " and the cluster %d brokers: a broker that dies takes its calls along"
                        .formatted(facts.nodes()),
                "move replicas with kafka-reassign-partitions, or set topics.replication=3 with a new topics.prefix"))
        : Optional.empty();
  }

  private Optional<Finding> room() {
    return facts
        .room()
        .map(room -> {
          String what =
              "%.1f GiB free in a broker's log folder".formatted(room.usable() / (double) GIB);
          boolean isFull = room.usable() < GIB;
          boolean isNearlyFull = room.usable() < room.total() / 10;
          String fix = "give it a larger disk, or shorten retention: topics.config.retention.ms";
          return isFull
              ? Finding.bad("broker disk", what, fix)
              : isNearlyFull
                  ? Finding.note("broker disk", what + ", less than a tenth", fix)
                  : Finding.ok("broker disk", what);
        });
  }

  /// Brokers do not tell the time, but records do: one from the future was written by a machine
  /// whose clock is ahead of this one's.
  private Optional<Finding> clock(Instant now) {
    return facts
        .newest()
        .filter(newest -> newest.isAfter(now.plus(MOST_AHEAD)))
        .map(newest ->
            Finding.note(
                "clock",
                "the newest record of the calls is %.1f s ahead of this machine's clock"
                    .formatted(Duration.between(now, newest).toMillis() / 1_000.0),
                "keep all machines' clocks with NTP (chrony, systemd-timesyncd); figures of latency between them are wrong until then"));
  }
}
