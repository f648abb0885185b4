package dev.voxlog.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One broker of a cluster on loopback, a controller of it as well: its number from 1 on, the port
/// for clients, and the ports of all controllers in the order of their numbers.
record BrokerNode(int id, int port, List<Integer> controllerPorts) {
  private static final int MOST_COPIES = 3;

  /// Below the ports from which a system takes those of outgoing connections: nothing but another
  /// server takes one of these away while its broker is down.
  private static final int FIRST_FREE = 20_000;

  private static final int LAST_FREE = 32_767;

  /// A lone broker that was killed can come back only when its session has ended.
  private static final Map<String, String> ALONE =
      Map.of("broker.session.timeout.ms", "1000", "broker.heartbeat.interval.ms", "250");

  /// A dead controller is noticed before the dead broker it was, hence the sooner. All stop
  /// together: in a controlled shutdown the last would wait in vain for controllers that have gone.
  private static final Map<String, String> TOGETHER =
      Map.of(
          "broker.session.timeout.ms", "2000",
          "broker.heartbeat.interval.ms", "500",
          "controller.quorum.fetch.timeout.ms", "1000",
          "controller.quorum.election.timeout.ms", "500",
          "controller.quorum.election.backoff.max.ms", "500",
          "controlled.shutdown.enable", "false");

  BrokerNode {
    controllerPorts = List.copyOf(controllerPorts);
  }

  /// A cluster's nodes, clients' ports following the first, or any free ones if that is 0.
  static List<BrokerNode> cluster(int size, int firstPort) {
    List<Integer> free = freePorts(2 * size);
    List<Integer> controllers = free.subList(size, 2 * size);
    return IntStream.range(0, size)
        .mapToObj(
            i -> new BrokerNode(i + 1, firstPort == 0 ? free.get(i) : firstPort + i, controllers))
        .toList();
  }

  /// Ports that were free a moment ago.
  static List<Integer> freePorts(int count) {
    Set<Integer> free = new LinkedHashSet<>();
    while (free.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE + 1);
      if (isFree(port)) {
        free.add(port);
      }
    }
    return new ArrayList<>(free);
  }

  private static boolean isFree(int port) {
    try {
      PortTakenException.check(port, PortTakenException.BROKER_FLAG);
      return true;
    } catch (PortTakenException e) {
      return false;
    }
  }

  /// From what [#words] gave.
  static BrokerNode of(List<String> words) {
    List<Integer> numbers = words.stream().map(Integer::valueOf).toList();
    return new BrokerNode(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size()));
  }

  /// As arguments of a command.
  List<String> words() {
    List<String> words = new ArrayList<>(List.of(Integer.toString(id), Integer.toString(port)));
    controllerPorts.forEach(each -> words.add(each.toString()));
    return words;
  }

  boolean isAlone() {
    return controllerPorts.size() == 1;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /// What names of this broker's own files end with.
  String suffix() {
    return isAlone() ? "" : "-" + id;
  }

  /// Where its part of the data lies. The folders of one cluster are neighbours.
  Path folder(Path data) {
    return data.resolve("log" + suffix());
  }

  /// Who it is, and what depends on the number of brokers. Two of three copies must have a record
  /// before it counts as written, so that one death neither loses it nor stops the next.
  Map<String, String> settings() {
    String copies = Integer.toString(Math.min(MOST_COPIES, controllerPorts.size()));
    String inSync = controllerPorts.size() < MOST_COPIES ? "1" : "2";
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(id));
    settings.put(
        "listeners",
        "BROKER://%s,CONTROLLER://127.0.0.1:%d".formatted(address(), controllerPorts.get(id - 1)));
    settings.put("advertised.listeners", "BROKER://" + address());
    settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "BROKER");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "controller.quorum.voters",
        IntStream.range(0, controllerPorts.size())
            .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllerPorts.get(i))
            .collect(Collectors.joining(",")));
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      settings.put(topic + ".replication.factor", copies);
    }
    settings.put("default.replication.factor", copies);
    settings.put("min.insync.replicas", inSync);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    settings.putAll(isAlone() ? ALONE : TOGETHER);
    return settings;
  }
}
