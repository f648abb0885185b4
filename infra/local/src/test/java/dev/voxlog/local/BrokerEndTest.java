package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerEndTest {
  private static final String EARLIER = "java.io.IOException: File too large\n";

  @TempDir Path folder;

  private BrokerEnd end(int status, String log, long begin) throws IOException {
    Path file = Files.writeString(folder.resolve("broker.log"), log);
    return BrokerEnd.read(1, status, file, begin, Path.of("/data/log"));
  }

  @Test
  void aFullDiskIsNamedWithItsFolderAndTheFix() throws IOException {
    String log =
        "x".repeat(300_000) + "\njava.io.IOException: No space left on device\n\tat there\n";

    assertThat(end(1, log, 0))
        .hasToString(
            "broker 1 has ended with 1: the disk is full: /data/log (No space left on device); "
                + "make room there and start again: nothing acknowledged is lost");
  }

  @Test
  void whatStoppedAnEarlierStartIsNotTakenForTheReason() throws IOException {
    BrokerEnd end = end(137, EARLIER + "all is well\n", EARLIER.length());

    assertThat(end.reason()).isEqualTo("it was killed");
  }

  @Test
  void whatIsNotKnownIsInTheLog() throws IOException {
    BrokerEnd end = end(1, "something else\n", 0);

    assertThat(end.reason()).isEqualTo("its log says why");
    assertThat(end.fix()).isEqualTo("start again; its log: " + folder.resolve("broker.log"));
  }

  @Test
  void aBrokenDiskIsNotSaidToHaveLostNothing() throws IOException {
    assertThat(end(1, "java.io.IOException: Input/output error\n", 0).fix())
        .contains("what no other broker had is lost");
  }

  @Test
  void aLogThatIsGoneIsNoReasonToFail() {
    assertThat(BrokerEnd.read(1, 1, folder.resolve("none.log"), 0, Path.of("/data/log")).status())
        .isEqualTo(1);
  }
}
