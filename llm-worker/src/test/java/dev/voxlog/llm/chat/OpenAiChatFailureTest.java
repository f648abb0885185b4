package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.llm.chat.ChatException.Kind;
import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Finish;
import dev.voxlog.llm.chat.ChatStream.Text;
import dev.voxlog.testkit.chat.ChatExchange;
import dev.voxlog.testkit.chat.ChatScript;
import dev.voxlog.testkit.chat.ChatScript.Step;
import dev.voxlog.testkit.chat.ScriptedChat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that goes wrong between a question and its answer.
@Timeout(60)
class OpenAiChatFailureTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String SAID = "my number is 4711";

  @SuppressWarnings("NullAway.Init")
  private ScriptedChat server;

  @SuppressWarnings("NullAway.Init")
  private OpenAiChat chat;

  private void answers(Duration firstToken, Duration betweenTokens, ChatScript... scripts) {
    server = ScriptedChat.inTurn(scripts);
    chat =
        new OpenAiChat(
            OpenAiChatConfig.of(server.url(), "tiny", "sk-4711")
                .withTimeouts(firstToken, betweenTokens));
  }

  private void answers(Step... steps) {
    answers(LONG, LONG, ChatScript.of(steps));
  }

  @AfterEach
  void stop() {
    chat.close();
    server.close();
  }

  private ChatStream ask() {
    return chat.ask(new ChatRequest(List.of(new Message(Role.USER, SAID)), List.of()));
  }

  private static void assertFailsAs(Kind kind, ChatStream stream) {
    assertThat(Reading.failure(stream))
        .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasNoCause()
        .hasMessageNotContaining("4711");
  }

  private void assertLeft() {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(server.exchanges()).hasSize(1).allMatch(ChatExchange::wasLeft));
  }

  @ParameterizedTest
  @CsvSource({
    "400, REFUSED", "401, REFUSED", "403, REFUSED", "404, REFUSED", "422, REFUSED",
    "301, REFUSED", "429, BUSY", "503, BUSY", "500, BROKEN", "502, BROKEN"
  })
  void aStatusIsAKindOfFailureAndIsNotAskedAgain(int status, Kind kind) {
    String body =
        "{\"error\":{\"message\":\"" + SAID + "\",\"code\":\"some_code\",\"type\":\"4711\"}}";
    answers(new ChatScript.Status(status, body));
    ChatStream stream = ask();

    assertThat(Reading.failure(stream))
        .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessage("the model's server answers with status " + status + " (some_code)");
    assertThat(server.exchanges()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"'<html>4711</html>'", "''", "'{\"error\":\"4711\"}'", "'[4711'"})
  void aRefusalThatSaysNothingUsefulIsToldByItsStatus(String body) {
    answers(new ChatScript.Status(401, body));

    assertThat(Reading.failure(ask())).hasMessage("the model's server answers with status 401");
  }

  @Test
  void nobodyAtTheAddressIsUnreachable() {
    answers();
    server.close();

    assertFailsAs(Kind.UNREACHABLE, ask());
  }

  static Stream<ChatScript> silences() {
    return Stream.of(
        ChatScript.of(new ChatScript.Stall()),
        ChatScript.of(new ChatScript.Raw(": waiting\n\n"), new ChatScript.Stall()),
        ChatScript.of(new ChatScript.Reasoning("Hm"), new ChatScript.Stall()),
        ChatScript.of(new ChatScript.Text("<think>Hm"), new ChatScript.Stall()));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void aModelThatDoesNotBeginIsGivenUpAndLeft(ChatScript silence) {
    answers(SHORT, LONG, silence);

    assertFailsAs(Kind.NO_ANSWER, ask());
    assertLeft();
  }

  @Test
  void aModelThatDoesNotGoOnIsGivenUpAndLeftAfterWhatItSaid() {
    answers(LONG, SHORT, ChatScript.of(new ChatScript.Text("Hi"), new ChatScript.Stall()));
    ChatStream stream = ask();

    assertThat(Reading.next(stream)).isEqualTo(new Text("Hi"));
    assertFailsAs(Kind.STALLED, stream);
    assertFailsAs(Kind.STALLED, stream);
    assertLeft();
  }

  static Stream<ChatScript> breaks() {
    return Stream.of(
        ChatScript.of(new ChatScript.Drop()),
        ChatScript.of(new ChatScript.Failure("server_error", SAID)),
        ChatScript.of(new ChatScript.Data("4711")),
        ChatScript.of(new ChatScript.Raw("data: " + "4711".repeat(1 << 19))),
        ChatScript.of(new ChatScript.Raw("data: {}\n\n")),
        ChatScript.of(
            new ChatScript.Call(0, "call_0", "f"),
            new ChatScript.Arguments(0, "4711".repeat(1 << 15)),
            new ChatScript.Finish("tool_calls")));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void anAnswerThatBreaksOffIsBroken(ChatScript script) {
    answers(LONG, LONG, script);

    assertFailsAs(Kind.BROKEN, ask());
    assertThat(server.exchanges()).hasSize(1);
  }

  @Test
  void aConnectionThatBreaksWithinTheAnswerIsBrokenAfterWhatCameBefore() {
    answers(new ChatScript.Text("Hi"), new ChatScript.Drop());
    ChatStream stream = ask();

    assertThat(Reading.next(stream)).isEqualTo(new Text("Hi"));
    assertFailsAs(Kind.BROKEN, stream);
    assertThat(server.exchanges()).hasSize(1);
  }

  @Test
  void aServerThatDoesNotStreamIsBroken() {
    answers(new ChatScript.Status(200, "{\"choices\":[{\"message\":{\"content\":\"4711\"}}]}"));

    assertFailsAs(Kind.BROKEN, ask());
  }

  static Stream<Step> afterTheFinish() {
    return Stream.of(
        new ChatScript.Drop(),
        new ChatScript.Stall(),
        new ChatScript.Data("no JSON"),
        new ChatScript.Failure("server_error", "failed"));
  }

  @ParameterizedTest
  @MethodSource("afterTheFinish")
  void whatBreaksAfterTheModelHasFinishedTakesOnlyItsUsage(Step step) {
    answers(
        LONG,
        Duration.ofSeconds(1),
        ChatScript.of(new ChatScript.Text("Hi"), new ChatScript.Finish("stop"), step));

    assertThat(Reading.all(ask())).containsExactly(new Text("Hi"), new End(Finish.STOP, null));
  }

  @Test
  void aKeptConnectionThatIsClosedAsItIsUsedAgainIsReplacedOnce() {
    ChatScript drop = ChatScript.of(new ChatScript.Drop());
    answers(LONG, LONG, ChatScript.says("a"), drop, ChatScript.says("b"));

    assertThat(Reading.text(ask())).isEqualTo("a");
    await().atMost(LONG).until(() -> server.exchanges().getFirst().isOver());
    assertThat(Reading.text(ask())).isEqualTo("b");

    List<ChatExchange> exchanges = server.exchanges();
    assertThat(exchanges).hasSize(3);
    assertThat(exchanges.get(1).connection()).isEqualTo(exchanges.get(0).connection());
    assertThat(exchanges.get(2).connection()).isNotEqualTo(exchanges.get(0).connection());
    assertThat(exchanges.get(2).request()).isEqualTo(exchanges.get(1).request());
  }

  @Test
  void aConnectionThatIsClosedTwiceIsNotReplacedAgain() {
    ChatScript drop = ChatScript.of(new ChatScript.Drop());
    answers(LONG, LONG, ChatScript.says("a"), drop, drop, ChatScript.says("b"));

    assertThat(Reading.text(ask())).isEqualTo("a");
    await().atMost(LONG).until(() -> server.exchanges().getFirst().isOver());

    assertFailsAs(Kind.BROKEN, ask());
    assertThat(server.exchanges()).hasSize(3);
  }
}
