package dev.voxlog.cli.load;

import dev.voxlog.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks at the server's processes from outside and inside, twice: what is between is the measured
/// time. Of a server elsewhere it sees this machine alone. Not for use by several threads.
final class ServerWatch implements AutoCloseable {
  private static final String BROKER = "broker";

  /// The serial collector leaves some of what is dead in its place, but for every fourth time.
  private static final int COLLECTIONS = 4;

  private final Map<String, Long> pids;
  private final Map<String, JvmProbe> jvms = new LinkedHashMap<>();
  private final @Nullable KafkaProbe kafka;
  private final Map<String, Long> idleHeap = new LinkedHashMap<>();

  /// Everything at one moment; the log has one of its own ([System#nanoTime]), for asking takes a
  /// while.
  record Look(
      Machine machine,
      Map<String, JvmProbe.Look> jvms,
      Map<Topic, KafkaProbe.Counts> log,
      long logNanos) {}

  /// What the server took between two looks. `heapPerCall` is in bytes: what calls that are
  /// connected keep over the server before its first call, all processes together; what it has
  /// learnt and cached meanwhile is in it too.
  record Taken(
      Machine.Use use,
      Map<String, JvmProbe.Look> jvms,
      Map<Topic, KafkaProbe.Counts> log,
      Duration logElapsed,
      Map<String, Long> lag,
      long heapPerCall) {}

  ServerWatch(Server server) {
    pids = server.pids();
    try {
      for (Map.Entry<String, Long> each : pids.entrySet()) {
        jvms.put(each.getKey(), JvmProbe.attach(each.getValue()));
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
    jvms.forEach((name, jvm) -> idleHeap.put(name, jvm.heapAfterCollection()));
    List<JvmProbe> brokers = new ArrayList<>();
    jvms.forEach((name, jvm) -> {
      if (name.equals(BROKER)) {
        brokers.add(jvm);
      }
    });
    kafka = server instanceof Server.Own own ? new KafkaProbe(own.cluster(), brokers) : null;
  }

  Look look() throws InterruptedException {
    Map<String, JvmProbe.Look> looks = new LinkedHashMap<>();
    Machine machine = Machine.look(pids);
    jvms.forEach((name, jvm) -> looks.put(name, jvm.look()));
    Map<Topic, KafkaProbe.Counts> log = kafka == null ? Map.of() : kafka.look();
    return new Look(machine, looks, log, System.nanoTime());
  }

  /// The heaps of all JVMs but the broker's with so many calls: of each the least after several
  /// full collections, which stop it. Neither what they leave lying dead nor what is on its way at
  /// such a moment is a call's.
  IdleHeap.Look heaps(int calls) {
    Map<String, Long> heaps = new LinkedHashMap<>();
    for (int i = 0; i < COLLECTIONS; i++) {
      jvms.forEach((name, jvm) -> {
        if (!name.equals(BROKER)) {
          Long _ = heaps.merge(name, jvm.heapAfterCollection(), Math::min);
        }
      });
    }
    return new IdleHeap.Look(calls, heaps);
  }

  /// Collects garbage in all of them, so it comes after what is measured, with the calls still
  /// there.
  Taken taken(Look before, Look after, int calls) {
    Map<String, JvmProbe.Look> inside = new LinkedHashMap<>();
    after
        .jvms()
        .forEach(
            (name, look) -> inside.put(name, look.since(before.jvms().getOrDefault(name, look))));
    Map<Topic, KafkaProbe.Counts> log = new LinkedHashMap<>();
    after
        .log()
        .forEach((topic, counts) ->
            log.put(topic, counts.since(before.log().getOrDefault(topic, counts))));
    Map<String, Long> lag = new LinkedHashMap<>();
    long heap = 0;
    for (Map.Entry<String, JvmProbe> each : jvms.entrySet()) {
      if (!each.getKey().equals(BROKER)) {
        lag.put(each.getKey(), KafkaProbe.lag(each.getValue()));
        heap += each.getValue().heapAfterCollection() - idleHeap.getOrDefault(each.getKey(), 0L);
      }
    }
    return new Taken(
        after.machine().since(before.machine()),
        inside,
        log,
        Duration.ofNanos(after.logNanos() - before.logNanos()),
        lag,
        Math.max(0, heap) / calls);
  }

  @Override
  public void close() {
    jvms.values().forEach(JvmProbe::close);
    if (kafka != null) {
      kafka.close();
    }
  }
}
