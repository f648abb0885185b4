package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command on this machine, with scripted engines and no cluster.
class DoctorCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  private int doctor(String... more) {
    return doctor(folder.resolve("data"), more);
  }

  private int doctor(Path data, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data", data.toString(),
                "--set", "engines.kind=scripted",
                "--set", "ingress.port=0",
                "--set", "local.brokerPort=0",
                "--set", "local.registryPort=0",
                "--set", "local.acmePort=0"));
    arguments.addAll(List.of(more));
    return new CommandLine(new DoctorCommand())
        .setOut(new PrintWriter(out, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void whereNothingIsWrongItSaysSoAndExitsWithZero() {
    assertThat(doctor()).as("%s", out).isZero();
    assertThat(out.toString())
        .contains("ok    JDK")
        .contains("ok    agent")
        .contains("ok    access")
        .contains("engine stt")
        .endsWith("All is well.\n");
  }

  @Test
  void aFaultIsShownWithItsFixAndInTheFileForProgramsAndExitsWithOne() throws IOException {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path json = folder.resolve("findings.json");
      int code =
          doctor(
              "--skip-engines",
              "--set",
              "ingress.port=" + held.getLocalPort(),
              "--json",
              json.toString());
      assertThat(code).isEqualTo(1);
      assertThat(out.toString())
          .contains("bad   port " + held.getLocalPort())
          .contains("→ stop it, or choose another port with --port")
          .doesNotContain("engine stt")
          .endsWith("One thing needs doing.\n");
      JsonNode findings = new ObjectMapper().readTree(Files.readString(json));
      assertThat(findings)
          .filteredOn(each -> each.path("state").asText().equals("BAD"))
          .singleElement()
          .satisfies(bad -> assertThat(bad.path("fix").asText()).startsWith("stop it"));
    }
  }

  @Test
  void whatOnePartRefusesKeepsNoOtherFromBeingLookedAt() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(doctor(file)).isEqualTo(1);
    assertThat(out.toString())
        .contains("bad   data")
        .contains("ok    access")
        .contains("engine stt");
  }

  @Test
  void itsHelpSaysWhatItLooksAt() {
    String help = new CommandLine(new DoctorCommand()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(help)
        .contains("--verify-weights", "--skip-engines", "--json", "Exit code 1")
        .contains("registry", "brokers", "voxlog doctor --config cluster.yaml");
  }
}
