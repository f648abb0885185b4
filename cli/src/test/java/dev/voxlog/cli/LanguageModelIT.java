package dev.voxlog.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.call.Acceptance;
import dev.voxlog.cli.call.Acceptance.Line;
import dev.voxlog.demo.DemoOrders;
import dev.voxlog.demo.Order;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testkit.chat.ChatExchange;
import dev.voxlog.testkit.chat.ChatScript;
import dev.voxlog.testkit.chat.Pace;
import dev.voxlog.testkit.chat.ScriptedChat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Calls whose wishes go to a language model behind an endpoint, which takes its time for every
/// token: what it chooses is done as the agent file says, and once.
@OnCluster
class LanguageModelIT {
  private static final Path CONVERSATIONS = Path.of("..", "demo", "acceptance");
  private static final Pace USUAL = new Pace(Duration.ofMillis(250), Duration.ofMillis(15));
  private static final String ROSES = "which hose would you pick for roses";
  private static final String STALLING = "which hose would you never pick";
  private static final String REFUSED = "which hose do the neighbours have";
  private static final String SLOW_ORDER = "47112";
  private static final String SLOW = "where is order 4 7 1 1 2";
  private static final String HELPLESS = "I can tell you what I know of that, and no more.";
  private static final int YES = 100;
  private static final int FIRST_LINE = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration QUICK_WORD = Duration.ofMillis(100);

  @TempDir static Path folder;
  private static final List<Acceptance> conversations = new ArrayList<>();
  private static final Map<String, Line> lines = new HashMap<>();
  private static final Map<String, Integer> tones = new HashMap<>();
  private static ScriptedChat model;
  private static Estate estate;
  private static SlowAcme slow;

  @BeforeAll
  static void start() throws IOException {
    try (var files = Files.newDirectoryStream(CONVERSATIONS, "speaker-*.yaml")) {
      files.forEach(file -> conversations.add(Acceptance.read(file)));
    }
    Map<String, String> more = new HashMap<>();
    more.put("engines.kind", "scripted");
    more.put("engines.phrases." + YES, "yes that's right");
    for (Acceptance conversation : conversations) {
      conversation.lines().forEach(line -> lines.put(line.say(), line));
    }
    List<String> said = new ArrayList<>(lines.keySet());
    said.addAll(List.of(ROSES, STALLING, REFUSED, SLOW));
    for (String each : said) {
      tones.put(each, FIRST_LINE + tones.size());
      more.put("engines.phrases." + tone(each), each);
    }
    model = new ScriptedChat(LanguageModelIT::answer);
    more.put("llm.chat.baseUrl", model.url().toString());
    more.put("llm.chat.model", "scripted-1");
    more.put("llm.scope", "all");
    estate =
        new Estate(folder, TestAgents.patient(folder), more, Set.of(StageName.NLU), QUICK_WORD);
    DemoOrders.of(conversations.getFirst().orders(), 40, LocalDate.now())
        .forEach(estate.acme()::put);
    estate
        .acme()
        .put(new Order(SLOW_ORDER, "cancelled", "sundial", null, null, BigDecimal.TEN, null));
    slow = new SlowAcme(estate.acme().address(), SLOW_ORDER);
    System.setProperty("ACME_URL", slow.address().toString());
  }

  @AfterAll
  static void stop() {
    slow.close();
    estate.close();
    model.close();
  }

  private static int tone(String said) {
    return requireNonNull(tones.get(said));
  }

  /// What a model that understands every line would answer, at its pace.
  private static ChatScript answer(JsonNode request) {
    JsonNode messages = request.path("messages");
    String asked = messages.path(messages.size() - 1).path("content").asText();
    String said = asked.replaceFirst("(?s)^.*<caller>(.*)</caller>$", "$1");
    return switch (said) {
      case ROSES -> ChatScript.says("A soaker", " hose. ", "It waters", " slowly.").paced(USUAL);
      case STALLING ->
          ChatScript.of(new ChatScript.Text("A cheap one. It"), new ChatScript.Stall())
              .paced(USUAL);
      // An utterance that interrupts comes with the one that it interrupts.
      case String words when words.contains(SLOW) ->
          ChatScript.calls("call_1", "order_status", "{\"orderId\":", "\"" + SLOW_ORDER + "\"}")
              .paced(USUAL);
      case REFUSED -> ChatScript.refuses(429, "rate_limit_exceeded");
      default -> answer(lines.get(said));
    };
  }

  private static ChatScript answer(@Nullable Line line) {
    if (line == null || line.tool() == null) {
      return ChatScript.says(HELPLESS.split("(?= )")).paced(USUAL);
    }
    if (line.isTransfer()) {
      return ChatScript.calls("call_1", "connect_with_person", "{", "}").paced(USUAL);
    }
    boolean isOrder = line.tool().equals("getOrder");
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    line.arguments()
        .forEach((name, value) -> {
          if (!value.equals("{caller}")) {
            arguments.put(
                name.equals("id") ? "orderId" : name, Acceptance.resolved(value, "nobody"));
          }
        });
    String[] fragments = arguments.toString().split("(?<=[,:])");
    return ChatScript.calls("call_1", isOrder ? "order_status" : "callback", fragments)
        .paced(USUAL);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void everyUtteranceOfTheAcceptanceConversationsLeadsToTheRightToolWithTheRightArguments()
      throws Exception {
    List<Future<List<String>>> talks = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      conversations.forEach(each -> talks.add(callers.submit(() -> wrongs(each))));
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(30);
    for (Future<List<String>> talk : talks) {
      assertThat(talk.get()).isEmpty();
    }
  }

  /// What does not come of a conversation as it is to.
  private static List<String> wrongs(Acceptance conversation) {
    List<String> wrongs = new ArrayList<>();
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    for (Line line : conversation.lines()) {
      int before = requested(talk).size();
      if (line.isTransfer()) {
        talk.caller().say(ToneCode.encode(tone(line.say()), 900)).join();
        if (!isOver(talk)) {
          wrongs.add(
              "'%s' led to no transfer; the agent said '%s'"
                  .formatted(line.say(), talk.said().getLast()));
          return wrongs;
        }
      } else {
        talk.answerTo(tone(line.say()));
      }
      for (int times = 0;
          times < 2 && isAskedYesOrNo(talk) && isStillOpen(line, before, talk);
          times++) {
        talk.answerTo(YES);
      }
      List<CallEvent.ToolRequested> all = requested(talk);
      wrongs.addAll(wrongs(talk, line, all.subList(before, all.size())));
    }
    boolean isTransferred = !estate.facts(talk.id(), CallEvent.Transfer.class).isEmpty();
    if (isTransferred != conversation.lines().stream().anyMatch(Line::isTransfer)) {
      wrongs.add("transferred: " + isTransferred);
    }
    talk.caller().hangUp().join();
    return wrongs;
  }

  private static boolean isOver(ScriptedTalk talk) {
    return talk.caller()
        .ended()
        .handle((_, failure) -> failure == null)
        .completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static boolean isStillOpen(Line line, int before, ScriptedTalk talk) {
    return line.tool() != null && !line.isTransfer() && requested(talk).size() == before;
  }

  private static boolean isAskedYesOrNo(ScriptedTalk talk) {
    List<CallEvent.Expects> expects = estate.facts(talk.id(), CallEvent.Expects.class);
    return !expects.isEmpty() && expects.getLast().answer() == Answer.YES_NO;
  }

  private static List<CallEvent.ToolRequested> requested(ScriptedTalk talk) {
    return estate.facts(talk.id(), CallEvent.ToolRequested.class).stream()
        .filter(each -> !each.tool().equals(WholeLog.LOOK_UP))
        .toList();
  }

  private static List<String> wrongs(
      ScriptedTalk talk, Line line, List<CallEvent.ToolRequested> made) {
    boolean isNone = line.tool() == null || line.isTransfer();
    String caller =
        String.valueOf(estate.facts(talk.id(), CallEvent.Started.class).getFirst().from());
    boolean isRight =
        isNone
            ? made.isEmpty()
            : made.size() == 1
                && Acceptance.isExpected(
                    line, caller, made.getFirst().tool(), made.getFirst().arguments());
    return isRight
        ? List.of()
        : List.of(
            "'%s' led to %s, not %s %s; the agent said '%s'"
                .formatted(
                    line.say(),
                    made.stream().map(each -> each.tool() + each.arguments()).toList(),
                    line.tool(),
                    line.arguments(),
                    talk.said().getLast()));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whatTheModelSaysIsHeardAndWhatItUsedIsInTheLog() {
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    List<Integer> heard = talk.answerTo(tone(ROSES));
    talk.caller().hangUp().join();

    assertThat(heard).isEqualTo(ScriptedTalk.ids(List.of("A soaker hose.", "It waters slowly.")));
    assertThat(decided(talk))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.model()).isEqualTo("scripted-1");
          assertThat(each.sentences()).isEqualTo(2);
          assertThat(each.completionTokens()).isEqualTo(4);
        });
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anEndpointThatRefusesCostsNoAnswer() {
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    List<Integer> heard = talk.answerTo(tone(REFUSED));
    talk.caller().hangUp().join();

    assertThat(heard).isNotEmpty();
    assertThat(decided(talk))
        .extracting(CallEvent.Decided::outcome)
        .containsExactly(Outcome.FAILED);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aCallerWhoInterruptsEndsTheRequestAtTheEndpoint() {
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    talk.caller().say(ToneCode.encode(tone(STALLING), 900)).join();
    await().atMost(PATIENCE).until(() -> stalled().stream().anyMatch(each -> each.steps() == 2));
    List<Integer> heard = talk.answerTo(tone(ROSES));
    talk.caller().hangUp().join();

    await().atMost(PATIENCE).until(() -> stalled().stream().allMatch(ChatExchange::wasLeft));
    assertThat(heard).endsWith(ScriptedTalk.ids(List.of("It waters slowly.")).getFirst());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aToolIsCalledOnceThoughTheCallerSpeaksWhileItIsAtWork() {
    ScriptedTalk talk = ScriptedTalk.begin(estate);
    long owners = owners();
    talk.caller().say(ToneCode.encode(tone(SLOW), 900)).join();
    await().atMost(PATIENCE).until(() -> slow.keys().size() == 1);
    talk.caller().say(ToneCode.encode(tone(SLOW), 900)).join();
    await().atMost(PATIENCE).until(() -> heardBy(talk).size() == 2);
    assertThat(estate.log().done(talk.id())).isEmpty();
    slow.letGo();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(String.join(" ", talk.said())).contains("sundial"));
    talk.caller().agentSilentFor(Duration.ofSeconds(1)).join();
    talk.caller().hangUp().join();

    assertThat(requested(talk)).hasSize(1);
    assertThat(slow.keys()).containsOnly(requested(talk).getFirst().idempotencyKey());
    // On a machine so busy that calls are taken over, each successor may ask again.
    assertThat(slow.keys().size()).isBetween(1, (int) (1 + owners() - owners));
    assertThat(estate.log().done(talk.id()))
        .extracting(CallEvent.ToolDone::outcome)
        .containsExactly(Outcome.OK);
  }

  /// How often a partition has come to an llm worker.
  private static long owners() {
    return WholeLog.read(estate.cluster(), Topic.CALLS).events().stream()
        .filter(each -> each instanceof CallEvent.Owner owner && owner.writer() == StageName.LLM)
        .count();
  }

  private static List<TranscriptEvent.Final> heardBy(ScriptedTalk talk) {
    return estate.log().of(talk.id(), TranscriptEvent.Final.class);
  }

  private static List<ChatExchange> stalled() {
    return model.exchanges().stream()
        .filter(each -> each.request().toString().contains(STALLING))
        .filter(each -> !each.request().toString().contains(ROSES))
        .toList();
  }

  private static List<CallEvent.Decided> decided(ScriptedTalk talk) {
    return estate.facts(talk.id(), CallEvent.Decided.class);
  }
}
