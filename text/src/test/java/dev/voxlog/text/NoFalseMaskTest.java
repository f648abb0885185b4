package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Nothing is masked of what callers have said who read no card's number: in the conversations that
/// the demo agent is accepted by, one utterance soon after the other, and in published sets of
/// sentences.
class NoFalseMaskTest {
  private static final Path DEMO = Path.of("..", "demo");
  private static final Path PARAPHRASES =
      Path.of("..", "nlu-worker/src/test/resources/dev/voxlog/nlu/acme-paraphrases.tsv");
  private static final long PAUSE_MS = 1_500;
  private static final int FEWEST_SENTENCES = 20_000;

  /// Eleven digits that nothing tells from one number.
  private static final String READ_AS_ONE_NUMBER = "what is the average of 54, 23, 43, 12, and 442";

  private final Agent acme = AgentFile.read(DEMO.resolve("acme/agent.yaml")).agent();
  private final Masker masker = new Masker(acme);

  static Stream<Path> conversations() throws IOException {
    try (Stream<Path> files = Files.list(DEMO.resolve("acceptance"))) {
      return files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void aConversationStaysAsItIs(Path file) throws IOException {
    List<String> said = said(file);
    assertThat(said).isNotEmpty();
    for (CallEvent.Answer answer : CallEvent.Answer.values()) {
      Heard heard = Heard.NOTHING;
      long nowMs = 0;
      for (String each : said) {
        int length = answer == CallEvent.Answer.DIGITS ? 5 : 0;
        assertStaysAsItIs(each, heard.at(nowMs), awaited(answer, length));
        heard = heard.and(each, nowMs, nowMs + PAUSE_MS);
        nowMs += 2 * PAUSE_MS;
      }
    }
  }

  private static List<String> said(Path file) throws IOException {
    Object whole = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    List<String> said = new ArrayList<>();
    Map<?, ?> map = (Map<?, ?>) whole;
    if (map.get("utterances") instanceof List<?> utterances) {
      for (Object utterance : utterances) {
        Map<?, ?> each = (Map<?, ?>) utterance;
        Stream.of("say", "again").map(each::get).forEach(text -> add(said, text));
      }
    }
    for (String section : List.of("questions", "replies")) {
      if (map.get(section) instanceof Map<?, ?> texts) {
        texts.values().forEach(text -> add(said, text));
      }
    }
    return said;
  }

  private static void add(List<String> said, Object text) {
    if (text != null) {
      said.add(text.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(CallEvent.Answer.class)
  void theAgentsExamplesAndTheirParaphrasesStayAsTheyAre(CallEvent.Answer answer)
      throws IOException {
    List<String> said =
        new ArrayList<>(
            acme.intents().stream().flatMap(intent -> intent.examples().stream()).toList());
    said.removeIf(each -> MaskKind.WORDS.matcher(each).find());
    Files.readAllLines(PARAPHRASES).forEach(line -> said.add(line));
    said.forEach(each -> assertStaysAsItIs(each, Heard.NOTHING, awaited(answer, 0)));
  }

  @Test
  void publishedSentencesStayAsTheyAre() throws IOException {
    String folder =
        System.getProperty(
            "voxlog.test.data", System.getenv().getOrDefault("VOXLOG_TEST_DATA", ""));
    assumeTrue(!folder.isEmpty(), "skipped: voxlog.test.data names no folder of test data");
    List<String> said = new ArrayList<>();
    JsonNode clinc = new ObjectMapper().readTree(Path.of(folder, "intent/clinc150.json").toFile());
    clinc.forEach(set -> set.forEach(row -> said.add(row.get(0).asText())));
    for (String set : List.of("train_5", "train_10", "test")) {
      said.addAll(Files.readAllLines(Path.of(folder, "intent/banking77", set, "seq.in")));
    }
    assertThat(said).hasSizeGreaterThan(FEWEST_SENTENCES);
    List<String> masked =
        said.stream()
            .filter(each -> masker.mask(each, Heard.NOTHING, Awaited.ANYTHING, true).isMasked())
            .toList();
    assertThat(masked).containsOnly(READ_AS_ONE_NUMBER);
  }

  private Awaited awaited(CallEvent.Answer answer, int length) {
    return masker.awaited(new CallEvent.Expects(new CallId("c"), Instant.EPOCH, 1, answer, length));
  }

  /// Also while it is being said.
  private void assertStaysAsItIs(String said, Heard before, Awaited awaited) {
    assertThat(masker.mask(said, before, awaited, true).text())
        .as("%s after %s", awaited, before.pieces())
        .isEqualTo(said);
    for (int end = said.indexOf(' '); end > 0; end = said.indexOf(' ', end + 1)) {
      String sofar = said.substring(0, end);
      assertThat(masker.mask(sofar, before, awaited, false).text())
          .as("%s after %s", awaited, before.pieces())
          .isEqualTo(sofar);
    }
  }
}
