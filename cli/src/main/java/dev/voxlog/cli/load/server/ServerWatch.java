package dev.voxlog.cli.load.server;

import dev.voxlog.cli.load.caller.Talk;
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
public final class ServerWatch implements AutoCloseable {
  private static final String BROKER = "broker";

  /// The serial collector leaves some of what is dead in its place, but for every fourth time.
  private static final int COLLECTIONS = 4;

  private final Map<String, Long> pids;
  private final Map<String, JvmProbe> jvms = new LinkedHashMap<>();
  private final @Nullable KafkaProbe kafka;
  private final Map<String, Long> lag = new LinkedHashMap<>();

  /// Everything at one moment; the log has one of its own ([System#nanoTime]), for asking takes a
  /// while. `lag` is the most since the look before.
  public record Look(
      Machine machine,
      Map<String, JvmProbe.Look> jvms,
      Map<Topic, KafkaProbe.Counts> log,
      KafkaProbe.Requests requests,
      long logNanos,
      Map<String, Long> lag) {}

  /// What the server took between two looks, with so many calls on the line on average.
  public record Taken(
      Machine.Use use,
      Map<String, JvmProbe.Look> jvms,
      Map<Topic, KafkaProbe.Counts> log,
      KafkaProbe.Requests requests,
      Duration logElapsed,
      Map<String, Long> lag,
      double calls) {
    /// Milliseconds of CPU for a second of a call.
    public double perCallSecond(double cores) {
      return calls == 0 ? 0 : cores * 1_000 / calls;
    }
  }

  public ServerWatch(Server server) {
    pids = server.pids();
    try {
      for (Map.Entry<String, Long> each : pids.entrySet()) {
        jvms.put(each.getKey(), JvmProbe.attach(each.getValue()));
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
    List<JvmProbe> brokers = new ArrayList<>();
    jvms.forEach((name, jvm) -> {
      if (name.equals(BROKER)) {
        brokers.add(jvm);
      }
    });
    kafka = server instanceof Server.Own own ? new KafkaProbe(own.cluster(), brokers) : null;
  }

  public Look look() throws InterruptedException {
    Map<String, JvmProbe.Look> looks = new LinkedHashMap<>();
    Machine machine = Machine.look(pids);
    jvms.forEach((name, jvm) -> looks.put(name, jvm.look()));
    Map<Topic, KafkaProbe.Counts> log = kafka == null ? Map.of() : kafka.look();
    KafkaProbe.Requests requests = kafka == null ? new KafkaProbe.Requests(0, 0) : kafka.requests();
    Map<String, Long> most = Map.copyOf(lag);
    lag.clear();
    return new Look(machine, looks, log, requests, System.nanoTime(), most);
  }

  /// Looks how far each stage is behind; the next look has the most.
  public void lookAtLag() {
    jvms.forEach((name, jvm) -> {
      if (!name.equals(BROKER)) {
        lag.merge(name, KafkaProbe.lag(jvm.beans()), Math::max);
      }
    });
  }

  /// The names of the processes that are no longer there.
  public List<String> ended() {
    return pids.entrySet().stream()
        .filter(each -> ProcessHandle.of(each.getValue()).filter(ProcessHandle::isAlive).isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The heaps of all JVMs but the broker's with so many calls: of each the least after several
  /// full collections, which stop it. Neither what they leave lying dead nor what is on its way at
  /// such a moment is a call's.
  public IdleHeap.Look heaps(int calls) {
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

  /// What was taken in between, in which callers sent so many frames.
  public static Taken taken(Look before, Look after, long frames) {
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
    Machine.Use use = after.machine().since(before.machine());
    double calls = (double) Talk.FRAME.toNanos() * frames / use.elapsed().toNanos();
    return new Taken(
        use,
        inside,
        log,
        after.requests().since(before.requests()),
        Duration.ofNanos(after.logNanos() - before.logNanos()),
        after.lag(),
        calls);
  }

  @Override
  public void close() {
    jvms.values().forEach(JvmProbe::close);
    if (kafka != null) {
      kafka.close();
    }
  }
}
