package dev.voxlog.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Template;
import dev.voxlog.demo.DemoCustomers;
import dev.voxlog.demo.DemoOrders;
import dev.voxlog.demo.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Holds the acceptance conversations against the agent file: they must be fair, and none of its
/// own examples.
final class AcceptanceSetTest {
  private static final Path DEMO = Path.of("..", "demo");
  private static final Path PARAPHRASES =
      Path.of("../nlu-worker/src/test/resources/dev/voxlog/nlu/acme-paraphrases.tsv");
  private static final double NEARLY_EQUAL = 0.6;
  private static final int SHORTEST_RUN = 4;

  private static final List<String> SETS = List.of("speaker", "fresh", "third", "fourth", "fifth");

  /// Calls of Ms Brown, who has an account.
  private static final String ACCOUNT = "account";

  private static List<Script> conversations() throws IOException {
    return conversations(String.join("|", SETS) + "|" + ACCOUNT);
  }

  private static List<Script> conversations(String set) throws IOException {
    try (var files = Files.list(DEMO.resolve("acceptance"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(" + set + ")-\\d+\\.yaml"))
          .sorted()
          .map(ScriptReader::read)
          .toList();
    }
  }

  private static List<Script.Line> lines() throws IOException {
    return lines(conversations());
  }

  private static List<Script.Line> lines(List<Script> conversations) {
    return conversations.stream().flatMap(script -> script.lines().stream()).toList();
  }

  private static Agent agent() {
    return AgentBundle.load(DEMO.resolve("acme/agent.yaml")).agent();
  }

  private static Expectation expectation(Script.Line line) {
    return Objects.requireNonNull(line.expectation());
  }

  @ParameterizedTest
  @FieldSource("SETS")
  void thereAreEnoughUtterancesVoicesAndKindsInEachSet(String set) throws IOException {
    List<Script> conversations = conversations(set);
    List<Script.Line> lines = lines(conversations);
    assertThat(lines).hasSizeGreaterThanOrEqualTo(32);
    assertThat(conversations)
        .extracting(Script::speaker)
        .doesNotHaveDuplicates()
        .doesNotContain(20)
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(lines)
        .filteredOn(line -> "getOrder".equals(expectation(line).tool()))
        .hasSizeGreaterThanOrEqualTo(8);
    assertThat(lines)
        .filteredOn(line -> "createCallback".equals(expectation(line).tool()))
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(lines)
        .filteredOn(line -> expectation(line).isTransfer())
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(lines)
        .filteredOn(line -> expectation(line).intents().contains("question"))
        .hasSizeGreaterThanOrEqualTo(8);
    assertThat(lines)
        .filteredOn(line -> expectation(line).intents().contains("unsure"))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  /// What the product was made with: nothing of it may be in a caller's mouth.
  private static List<String> knownWordings() throws IOException {
    List<String> known = new ArrayList<>();
    agent().intents().forEach(intent -> known.addAll(intent.examples()));
    try (var documents = Files.list(DEMO.resolve("acme/knowledge"))) {
      for (Path document : documents.toList()) {
        Files.readAllLines(document).stream()
            .filter(line -> line.startsWith("##"))
            .flatMap(line -> Arrays.stream(line.split("(?<=[.?!])\\s+")))
            .forEach(known::add);
      }
    }
    Files.readAllLines(PARAPHRASES).stream()
        .filter(line -> line.contains("\t"))
        .forEach(line -> known.add(line.substring(line.indexOf('\t') + 1)));
    return known;
  }

  @Test
  void noWordingIsNearlyWhatTheProductWasMadeWithNorHoldsIt() throws IOException {
    List<String> known = knownWordings();
    assertThat(known).hasSizeGreaterThan(300);
    for (Script.Line line : lines()) {
      for (String wording : known) {
        assertThat(likeness(line.say(), wording))
            .as("%s ~ %s", line.say(), wording)
            .isLessThan(NEARLY_EQUAL);
        assertThat(isWithin(wording, line.say())).as("%s in %s", wording, line.say()).isFalse();
      }
    }
  }

  /// Whether a wording of some length is said word by word in the other.
  private static boolean isWithin(String wording, String said) {
    List<String> run = wordList(wording);
    return run.size() >= SHORTEST_RUN && Collections.indexOfSubList(wordList(said), run) >= 0;
  }

  /// The share of the words that both have.
  private static double likeness(String one, String other) {
    Set<String> both = words(one);
    both.retainAll(words(other));
    Set<String> all = words(one);
    all.addAll(words(other));
    return (double) both.size() / all.size();
  }

  private static Set<String> words(String text) {
    return new HashSet<>(wordList(text));
  }

  private static List<String> wordList(String text) {
    return Arrays.asList(
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9' ]", "").strip().split(" +"));
  }

  @Test
  void everyIntentAndToolIsOfTheAgentFile() throws IOException {
    Agent agent = agent();
    Set<String> intents = agent.intents().stream().map(Intent::name).collect(Collectors.toSet());
    intents.add("unsure");
    for (Script.Line line : lines()) {
      assertThat(intents).containsAll(expectation(line).intents());
      if (expectation(line).needsTool()) {
        assertThat(agent.tool(Objects.requireNonNull(expectation(line).tool())))
            .as(line.file())
            .isPresent();
      }
    }
  }

  @Test
  void everyOrderIsAmongThoseOfThePrintedSeed() throws IOException {
    for (Script script : conversations(String.join("|", SETS))) {
      Set<String> ids =
          DemoOrders.of(script.orders(), 40, LocalDate.EPOCH).stream()
              .map(Order::id)
              .collect(Collectors.toSet());
      assertThat(script.lines())
          .filteredOn(line -> "getOrder".equals(expectation(line).tool()))
          .allSatisfy(line -> assertThat(ids).contains(expectation(line).arguments().get("id")));
    }
  }

  @Test
  void whoHasAnAccountAsksForPaysAndSendsBackTheirOwnOrders() throws IOException {
    Set<String> own = Set.of(DemoCustomers.HEATER, DemoCustomers.TRIMMER, DemoCustomers.PARASOL);
    List<Script.Line> lines = lines(conversations(ACCOUNT));

    assertThat(lines)
        .extracting(line -> String.valueOf(expectation(line).tool()))
        .contains("getOrder", "pay", "startReturn", "createCallback");
    assertThat(lines)
        .flatExtracting(line -> expectation(line).arguments().entrySet())
        .filteredOn(argument -> Set.of("id", "order").contains(argument.getKey()))
        .extracting(Map.Entry::getValue)
        .isNotEmpty()
        .allMatch(own::contains);
  }

  @Test
  void fileNamesAreUniqueAndInTheOrderOfTheCall() throws IOException {
    for (Script script : conversations()) {
      assertThat(script.lines()).extracting(Script.Line::file).isSorted().doesNotHaveDuplicates();
      assertThat(script.replies()).containsOnlyKeys("yes", "no");
    }
  }

  @Test
  void thereAreEnoughInterruptionsByPeopleAndSomeByNoise() {
    Script script = ScriptReader.read(DEMO.resolve("acceptance/interruptions.yaml"));
    List<Script.Interruption> interruptions =
        script.lines().stream().map(line -> Objects.requireNonNull(line.interruption())).toList();

    assertThat(interruptions).filteredOn(Script.Interruption::ends).hasSizeGreaterThanOrEqualTo(20);
    assertThat(interruptions)
        .filteredOn(each -> !each.ends())
        .extracting(Script.Interruption::sound)
        .contains("click", "noise-sneeze");
    assertThat(interruptions)
        .filteredOn(each -> !each.sound().equals("click"))
        .allSatisfy(each ->
            assertThat(
                    AcceptanceSetTest.class.getResource(
                        "/dev/voxlog/testkit/speech/" + each.sound() + ".wav"))
                .isNotNull());
  }

  @Test
  void everyPromptForKeysOfTheAgentIsOneTheJudgeKnows() {
    List<String> prompts =
        agent().flows().stream()
            .flatMap(flow ->
                Stream.concat(
                    flow.slots().stream().map(Slot::keypad),
                    Stream.ofNullable(flow.onNotFound()).map(Flow.NotFound::keypad)))
            .filter(Objects::nonNull)
            .map(Template::text)
            .toList();

    assertThat(prompts).hasSizeGreaterThanOrEqualTo(3).allMatch(Judge::asksForKeys);
  }
}
