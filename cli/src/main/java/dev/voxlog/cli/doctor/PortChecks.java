package dev.voxlog.cli.doctor;

import dev.voxlog.cli.settings.Settings;
import dev.voxlog.local.PortTakenException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// The ports that a start on this machine listens on.
public final class PortChecks {
  private final Settings settings;
  private final boolean isRunning;
  private final IntFunction<Optional<String>> holders;
  private final Map<Integer, String> taken = new LinkedHashMap<>();

  /// `isRunning` says that `voxlog run` is up on this data folder, so that its ports are taken by
  /// right; `holders` names who listens on a port, if that can be told.
  public PortChecks(Settings settings, boolean isRunning, IntFunction<Optional<String>> holders) {
    this.settings = settings;
    this.isRunning = isRunning;
    this.holders = holders;
  }

  /// `isEverythingHere` if broker, registry and Acme are started here too.
  public List<Finding> all(boolean isEverythingHere) {
    List<Finding> findings = new ArrayList<>(ports("ingress.port", 1, "--port"));
    if (settings.whole("ingress.media.port") != 0) {
      findings.addAll(ports("ingress.media.port", 1, "--set ingress.media.port"));
    }
    if (isEverythingHere) {
      int brokers = settings.whole("local.brokers");
      findings.addAll(ports("local.brokerPort", brokers, "--broker-port"));
      findings.addAll(ports("local.registryPort", 1, "--registry-port"));
      findings.addAll(ports("local.acmePort", 1, "--acme-port"));
    }
    return findings;
  }

  private List<Finding> ports(String key, int count, String flag) {
    int first = settings.whole(key);
    if (first == 0) {
      return List.of(Finding.ok("port 0", key + ": any free port"));
    }
    List<Finding> findings = new ArrayList<>();
    for (int port = first; port < first + count; port++) {
      findings.add(port(key, port, flag));
    }
    return findings;
  }

  private Finding port(String key, int port, String flag) {
    String area = "port " + port;
    String other = taken.putIfAbsent(port, key);
    if (other != null) {
      return Finding.bad(
          area,
          "%s and %s are the same port".formatted(other, key),
          "choose another for one of them: " + flag);
    }
    try {
      PortTakenException.check(port, flag);
      return Finding.ok(area, key + " is free");
    } catch (PortTakenException _) {
      String by = holders.apply(port).orElse("another program");
      return isRunning
          ? Finding.ok(area, key + " is in use while voxlog run is up")
          : Finding.bad(
              area,
              "%s is taken by %s".formatted(key, by),
              "stop it, or choose another port with " + flag);
    }
  }
}
