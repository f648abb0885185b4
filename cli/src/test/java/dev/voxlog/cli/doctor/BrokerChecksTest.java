package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.doctor.BrokerFacts.Room;
import dev.voxlog.cli.doctor.BrokerFacts.TopicFacts;
import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is found of clusters with one fault each.
class BrokerChecksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long GIB = 1L << 30;
  private static final String SESSION = "group.consumer.session.timeout.ms";
  private static final TopicFacts GOOD = new TopicFacts(3, 0, 0, 2);

  private int nodes = 3;
  private final Map<String, Integer> features =
      new TreeMap<>(Map.of("metadata.version", 27, "group.version", 1));
  private final Map<String, String> config = new TreeMap<>(Map.of(SESSION, "1000"));
  private final Map<String, String> settings = new TreeMap<>();
  private TopicFacts calls = GOOD;
  private Room room = new Room(50 * GIB, 100 * GIB);
  private Instant newest = NOW.minusSeconds(5);

  private List<Finding> found() {
    BrokerFacts facts =
        new BrokerFacts(
            nodes,
            features,
            config,
            Map.of("calls", calls),
            Optional.of(room),
            Optional.of(newest));
    return new BrokerChecks(new Cluster(Settings.of(settings)).kafka(), facts).all(NOW);
  }

  private Finding only(State state) {
    List<Finding> such = found().stream().filter(each -> each.state() == state).toList();
    assertThat(such).hasSize(1);
    assertThat(such.getFirst().fix()).isNotEmpty();
    return such.getFirst();
  }

  @Test
  void aSoundClusterIsFine() {
    assertThat(found())
        .hasSize(4)
        .allMatch(finding -> finding.state() == State.OK && finding.fix().isEmpty());
  }

  @Test
  void brokersWithoutTheConsumerProtocolAreBadWhereItIsUsed() {
    features.remove("group.version");
    assertThat(only(State.BAD).fix()).contains("groups.protocol=classic");
    settings.put("groups.protocol", "classic");
    config.put("group.min.session.timeout.ms", "500");
    assertThat(found()).allMatch(finding -> finding.state() == State.OK);
  }

  @Test
  void longSessionsAreNotedAndOthersThanOursAreBad() {
    config.put(SESSION, "45000");
    assertThat(only(State.NOTE).what()).contains("a killed worker is noticed only then");
    config.put(SESSION, "2000");
    assertThat(only(State.BAD).fix()).isEqualTo("set groups.session=2000ms");
  }

  @Test
  void classicSessionsMustLieWithinTheBrokersBounds() {
    settings.put("groups.protocol", "classic");
    config.put("group.min.session.timeout.ms", "6000");
    assertThat(only(State.BAD).fix()).isEqualTo("set groups.session=6000ms");
    settings.put("groups.session", "40s");
    config.put("group.max.session.timeout.ms", "30000");
    assertThat(only(State.BAD).fix()).isEqualTo("set groups.session=30000ms");
  }

  @Test
  void aLoginThatMayNotReadTheConfigurationIsNoted() {
    config.clear();
    assertThat(only(State.NOTE).what()).contains("do not say");
  }

  @Test
  void whatCannotBeWrittenOrServedIsBad() {
    calls = new TopicFacts(1, 0, 0, 2);
    assertThat(only(State.BAD).what()).contains("nothing can be written");
    calls = new TopicFacts(3, 1, 1, 2);
    assertThat(only(State.BAD).what()).contains("no leader");
    calls = GOOD;
    settings.put("topics.replication", "5");
    assertThat(only(State.BAD).fix()).contains("topics.replication=3");
  }

  @Test
  void whatTheNextDeathWouldStopIsNoted() {
    calls = new TopicFacts(3, 0, 0, 3);
    assertThat(only(State.NOTE).fix()).contains("min.insync.replicas=2");
    calls = new TopicFacts(1, 0, 0, 1);
    assertThat(only(State.NOTE).what()).contains("takes its calls along");
    calls = new TopicFacts(3, 2, 0, 2);
    assertThat(only(State.NOTE).what()).contains("2 partitions of calls");
    nodes = 1;
    calls = new TopicFacts(1, 0, 0, 1);
    assertThat(found()).allMatch(finding -> finding.state() == State.OK);
  }

  @Test
  void aFullDiskIsBadAndANearlyFullOneNoted() {
    room = new Room(GIB / 2, 100 * GIB);
    assertThat(only(State.BAD).area()).isEqualTo("broker disk");
    room = new Room(5 * GIB, 100 * GIB);
    assertThat(only(State.NOTE).fix()).contains("retention");
  }

  @Test
  void aRecordFromTheFutureTellsOfAClockThatIsAhead() {
    newest = NOW.plusMillis(900);
    assertThat(found()).noneMatch(finding -> finding.area().equals("clock"));
    newest = NOW.plusMillis(7_500);
    assertThat(only(State.NOTE).what()).contains("7.5 s ahead");
  }
}
