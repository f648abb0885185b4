package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.chaos.ProcessProbe.Held;
import dev.voxlog.cli.chaos.SoakSamples.Sample;
import dev.voxlog.cli.chaos.SoakSamples.Watched;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SoakSamplesTest {
  @TempDir Path folder;

  private static SoakSamples samples() {
    SoakSamples samples = new SoakSamples();
    samples.begin(0, "quiet");
    samples.add(List.of(sample(1, "stt", 20), sample(1, "tts", 30)));
    samples.begin(10, "calls");
    samples.add(List.of(sample(11, "stt", 40), sample(11, "tts", 10)));
    return samples;
  }

  private static Sample sample(double seconds, String process, int mebibytes) {
    return new Sample(seconds, process, new Held((long) mebibytes << 20, 31, 120, 3 << 19), 7);
  }

  @Test
  void theTableHasARowForEachProcessAndTimeWithThePartItBelongsTo() throws Exception {
    Path file = folder.resolve("soak/soak.csv");
    samples().writeTable(file);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "seconds,part,process,heap_mib,threads,descriptors,direct_mib,lag_records",
            "1.0,quiet,stt,20.00,31,120,1.50,7",
            "1.0,quiet,tts,30.00,31,120,1.50,7",
            "11.0,calls,stt,40.00,31,120,1.50,7",
            "11.0,calls,tts,10.00,31,120,1.50,7");
  }

  @Test
  void thePictureHasALineForEachProcessInEveryPanel() throws Exception {
    String svg = SoakPicture.of(samples(), "a title");
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    var lines = picture.getElementsByTagName("polyline");
    assertThat(lines.getLength()).isEqualTo(2 * Watched.values().length);
    String[] heapOfStt = ((Element) lines.item(0)).getAttribute("points").split("[ ,]");
    assertThat(Double.parseDouble(heapOfStt[3]))
        .as("40 MiB are drawn above 20")
        .isLessThan(Double.parseDouble(heapOfStt[1]));
    assertThat(svg).contains("a title", ">stt<", ">tts<", "calls, 0.2 min");
  }
}
