package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.cli.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortChecksTest {

  private static Settings ports(int ingress) {
    return Settings.of(Map.of("ingress.port", Integer.toString(ingress)));
  }

  @Test
  void aTakenPortIsBadAndNamesWhoHoldsIt() throws IOException {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = held.getLocalPort();
      assertThat(
              new PortChecks(ports(port), false, _ -> Optional.of("nginx, process 12")).all(false))
          .containsExactly(
              Finding.bad(
                  "port " + port,
                  "ingress.port is taken by nginx, process 12",
                  "stop it, or choose another port with --port"));
      assertThat(new PortChecks(ports(port), false, _ -> Optional.empty()).all(false))
          .extracting(Finding::what)
          .containsExactly("ingress.port is taken by another program");
    }
  }

  @Test
  void whileVoxlogRunIsUpItsPortsAreTakenByRight() throws IOException {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(new PortChecks(ports(held.getLocalPort()), true, _ -> Optional.empty()).all(false))
          .extracting(Finding::state)
          .containsExactly(State.OK);
    }
  }

  @Test
  void onePortForTwoIsBad() {
    Settings settings =
        Settings.of(
            Map.of(
                "ingress.port", "0",
                "local.brokerPort", "0",
                "local.registryPort", "65123",
                "local.acmePort", "65123"));
    assertThat(new PortChecks(settings, false, _ -> Optional.empty()).all(true))
        .filteredOn(finding -> finding.state() == State.BAD)
        .extracting(Finding::what)
        .contains("local.registryPort and local.acmePort are the same port");
  }

  @Test
  void whoListensIsReadFromTheSystemsTables(@TempDir Path proc) throws IOException {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/tcp"),
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1
           1: 0100007F:1F91 00000000:0000 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1
        """);
    Files.createDirectories(proc.resolve("99/fd"));
    Files.writeString(proc.resolve("99/comm"), "java\n");
    Files.createSymbolicLink(proc.resolve("99/fd/7"), Path.of("socket:[4711]"));

    PortHolder holder = new PortHolder(proc);
    assertThat(holder.of(8080)).contains("java, process 99");
    assertThat(holder.of(8081)).isEmpty();
    assertThat(new PortHolder(proc.resolve("nothing")).of(8080)).isEmpty();
  }
}
