package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.doctor.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {
  private static final long GIB = 1L << 30;
  private static final Machine GOOD =
      new Machine(25, "Temurin 25 in /jdk", "amd64", 4, 8 * GIB, GIB, List.of("-Xmx1g"));

  @TempDir private Path data;

  private Finding of(Machine machine, String area) {
    return new MachineChecks(machine, data, 1)
        .all().stream().filter(finding -> finding.area().equals(area)).findFirst().orElseThrow();
  }

  @Test
  void aMachineThatIsFitIsSaidToBeSo() {
    assertThat(new MachineChecks(GOOD, data, 1).all())
        .hasSize(3)
        .filteredOn(finding -> !finding.area().equals("disk"))
        .allMatch(finding -> finding.state() == State.OK && finding.fix().isEmpty());
  }

  @Test
  void thisMachineCanBeRead() {
    assertThat(new MachineChecks(data, 0).all())
        .extracting(Finding::area)
        .contains("JDK", "machine", "disk");
  }

  @Test
  void anOldJdkIsBadAndSoIsOneForAMachineWithoutEngines() {
    Machine old = new Machine(21, "21", "amd64", 4, 8 * GIB, GIB, List.of());
    assertThat(of(old, "JDK"))
        .isEqualTo(
            Finding.bad(
                "JDK",
                "21 is too old",
                "install a JDK 25 and set JAVA_HOME to it: https://adoptium.net"));
    Machine foreign = new Machine(25, "25", "s390x", 4, 8 * GIB, GIB, List.of());
    assertThat(of(foreign, "JDK").state()).isEqualTo(State.BAD);
  }

  @Test
  void flagsThatSlowEverythingDownAreNamed() {
    Machine debugged =
        new Machine(
            25, "25", "amd64", 4, 8 * GIB, GIB, List.of("-Xmx1g", "-agentlib:jdwp=server=y"));
    assertThat(of(debugged, "JVM flags").what()).contains("-agentlib:jdwp").doesNotContain("-Xmx");
  }

  @Test
  void tooLittleMemoryTooSmallAHeapAndTooLargeAHeapAreNoted() {
    assertThat(of(new Machine(25, "", "amd64", 1, 8 * GIB, GIB, List.of()), "machine").fix())
        .contains("2 cores");
    assertThat(of(new Machine(25, "", "amd64", 2, 4 * GIB, GIB / 4, List.of()), "machine").fix())
        .contains("512 MiB");
    assertThat(of(new Machine(25, "", "amd64", 2, 4 * GIB, 3 * GIB, List.of()), "machine").fix())
        .contains("-Xmx1365m");
  }

  @Test
  void aFolderThatIsAFileIsBad() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "");
    Finding disk = new MachineChecks(GOOD, file, 1).all().getLast();
    assertThat(disk.state()).isEqualTo(State.BAD);
    assertThat(disk.fix()).contains("--data");
  }

  @Test
  void theRoomIsToldInHoursOfCallsPerCopy() {
    MachineChecks one = new MachineChecks(GOOD, data, 1);
    assertThat(one.room(GIB / 2).state()).isEqualTo(State.BAD);
    assertThat(one.room(GIB + 720_000_000L).what()).contains("about 10 hours of calls");
    assertThat(new MachineChecks(GOOD, data, 3).room(GIB + 720_000_000L).what())
        .contains("about 3 hours");
    assertThat(new MachineChecks(GOOD, data, 0).room(2 * GIB).what()).doesNotContain("hours");
  }
}
