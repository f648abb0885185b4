package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.nlu.SentimentClassifier.Example;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Spoken dialogue that others have judged: the test part of MELD (Poria et al., 2019; GPL-3.0),
/// its `test_sent_emo.csv` in `sentiment/meld` of the folder `voxlog.test.data`.
class DialogueSetIT {
  private static final Logger LOG = LoggerFactory.getLogger(DialogueSetIT.class);
  private static final Pattern CELL = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");
  private static final int WORDS = 1;
  private static final int SENTIMENT = 4;

  private Path file;

  @BeforeEach
  void isThere() {
    file =
        Path.of(
            System.getProperty(
                "voxlog.test.data", System.getenv().getOrDefault("VOXLOG_TEST_DATA", "")),
            "sentiment",
            "meld",
            "test_sent_emo.csv");
    if (!Files.exists(file)) {
      String why = "skipped: voxlog.test.data names no folder with sentiment/meld";
      LOG.warn(why);
      Assumptions.abort(why);
    }
  }

  private List<Example> said() throws IOException {
    String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return all.lines()
        .skip(1)
        .map(line ->
            CELL.matcher(line)
                .results()
                .map(cell -> cell.group(1) == null ? cell.group(2) : cell.group(1))
                .toList())
        .map(cells -> new Example(cells.get(SENTIMENT), cells.get(WORDS)))
        .toList();
  }

  @Test
  void oneLineOfATalkAmongFriendsIsJudgedBetterThanByGuessing() throws IOException {
    List<Example> said = said();
    try (SentenceEmbedder embedder = SentenceEmbedder.load()) {
      SentimentClassifier classifier = SentimentClassifier.train(embedder::embed, embedder::embed);
      Map<String, Map<String, Long>> taken = SentimentTest.taken(classifier, said);
      LOG.info("MELD, {} lines: {}", said.size(), taken);
      long opposite = count(taken, "negative", "positive") + count(taken, "positive", "negative");
      long right = taken.keySet().stream().mapToLong(label -> count(taken, label, label)).sum();
      assertThat(100.0 * right / said.size()).isGreaterThan(50);
      assertThat(100.0 * opposite / said.size()).as("the opposite").isLessThan(10);
    }
  }

  private static long count(Map<String, Map<String, Long>> taken, String label, String as) {
    return taken.getOrDefault(label, Map.of()).getOrDefault(as, 0L);
  }
}
