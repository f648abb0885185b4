package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Finish;
import dev.voxlog.llm.chat.ChatStream.FunctionCall;
import dev.voxlog.llm.chat.ChatStream.Text;
import dev.voxlog.llm.chat.ChatStream.Usage;
import dev.voxlog.testkit.chat.ChatExchange;
import dev.voxlog.testkit.chat.ChatScript;
import dev.voxlog.testkit.chat.ChatScript.Step;
import dev.voxlog.testkit.chat.Pace;
import dev.voxlog.testkit.chat.ScriptedChat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers over a real connection.
@Timeout(60)
class OpenAiChatTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @SuppressWarnings("NullAway.Init")
  private ScriptedChat server;

  @SuppressWarnings("NullAway.Init")
  private OpenAiChat chat;

  private void answers(ChatScript... scripts) {
    answers(LONG, scripts);
  }

  private void answers(Duration betweenTokens, ChatScript... scripts) {
    server = ScriptedChat.inTurn(scripts);
    chat =
        new OpenAiChat(
            OpenAiChatConfig.of(server.url(), "tiny", "sk-secret")
                .withTimeouts(LONG, betweenTokens));
  }

  @AfterEach
  void stop() {
    chat.close();
    server.close();
  }

  private ChatStream ask() {
    return chat.ask(new ChatRequest(List.of(new Message(Role.USER, "Hi")), List.of()));
  }

  private ChatExchange exchange(int number) {
    return server.exchanges().get(number);
  }

  @Test
  void anAnswerComesTokenByTokenAndEndsWithItsUsage() {
    answers(ChatScript.says("Hello", ", ", "世界."));

    assertThat(Reading.all(ask()))
        .containsExactly(
            new Text("Hello"),
            new Text(", "),
            new Text("世界."),
            new End(Finish.STOP, new Usage(20, 3, 0)));
    assertThat(exchange(0).authorization()).isEqualTo("Bearer sk-secret");
    assertThat(exchange(0).request().path("model").asText()).isEqualTo(chat.name());
  }

  @Test
  void aFunctionCallIsPutTogether() {
    answers(ChatScript.calls("call_7", "order_status", "{\"id\"", ":\"A7", "\"}"));
    ChatRequest.Function function =
        new ChatRequest.Function(
            "order_status", "Looks up.", JsonNodeFactory.instance.objectNode());

    ChatStream stream =
        chat.ask(
            new ChatRequest(List.of(new Message(Role.USER, "Where is A7?")), List.of(function)));

    assertThat(Reading.all(stream))
        .containsExactly(
            new FunctionCall("call_7", "order_status", "{\"id\":\"A7\"}"),
            new End(Finish.FUNCTION_CALLS, new Usage(20, 3, 0)));
    assertThat(exchange(0).request().at("/tools/0/function/name").asText())
        .isEqualTo("order_status");
  }

  @Test
  void anAnswerIsWholeWithoutUsageAndWithoutTheWordThatItIsDone() {
    answers(ChatScript.of(new ChatScript.Text("Hi"), new ChatScript.Finish("length")));

    assertThat(Reading.all(ask())).containsExactly(new Text("Hi"), new End(Finish.LENGTH, null));
  }

  @Test
  void aSlowModelIsWaitedForTokenByToken() {
    answers(
        Duration.ofSeconds(2),
        ChatScript.says("a", "b", "c", "d")
            .paced(new Pace(Duration.ofMillis(300), Duration.ofMillis(100))));

    assertThat(Reading.text(ask())).isEqualTo("abcd");
  }

  @Test
  void oneConnectionServesOneAnswerAfterTheOtherEvenIfEachIsClosedAtItsEnd() {
    answers(ChatScript.says("a"), ChatScript.says("b"), ChatScript.says("c"));

    for (String answer : List.of("a", "b", "c")) {
      try (ChatStream stream = ask()) {
        assertThat(Reading.text(stream)).isEqualTo(answer);
      }
      await().atMost(LONG).until(() -> server.exchanges().getLast().isOver());
    }

    assertThat(server.exchanges())
        .hasSize(3)
        .extracting(ChatExchange::connection)
        .containsOnly(exchange(0).connection());
  }

  @Test
  void manyAreAnsweredAtOnce() {
    ChatScript script =
        ChatScript.says("a", "b", "c").paced(new Pace(Duration.ofMillis(50), Duration.ZERO));
    answers(Collections.nCopies(60, script).toArray(ChatScript[]::new));

    List<ChatStream> streams = IntStream.range(0, 60).mapToObj(_ -> ask()).toList();

    assertThat(streams).extracting(Reading::text).containsOnly("abc");
  }

  @Test
  void aServerWaitsForAReaderWhoIsBehindAndNothingIsLost() {
    String token = "x".repeat(16 * 1024);
    int tokens = 1_500;
    answers(
        Duration.ofSeconds(2),
        ChatScript.says(Collections.nCopies(tokens, token).toArray(String[]::new)));

    ChatStream stream = ask();

    // Longer than the model may be silent, which nobody can tell while it is not listened to.
    int[] before = {-1};
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(2_200))
        .until(() -> {
          int last = before[0];
          before[0] = server.exchanges().isEmpty() ? -1 : exchange(0).steps();
          return last > 0 && before[0] == last;
        });
    assertThat(exchange(0).isOver()).isFalse();
    assertThat(Reading.text(stream)).hasSize(tokens * token.length());
  }

  @Test
  void aCloseInTheMidstOfAnAnswerThatIsThereDoesNotDisturbTheNextOnItsConnection() {
    List<Step> more = new ArrayList<>(ChatScript.says().steps());
    more.addAll(0, Collections.nCopies(70, new ChatScript.Text("a")));
    answers(
        new ChatScript(more, Pace.AT_ONCE),
        ChatScript.says("b", "c", "d")
            .paced(new Pace(Duration.ofMillis(200), Duration.ofMillis(200))));
    ChatStream unread = ask();
    await().atMost(LONG).until(() -> !server.exchanges().isEmpty() && exchange(0).isOver());

    ChatStream next = ask();
    await().atMost(LONG).until(() -> server.exchanges().size() == 2);
    unread.close();

    assertThat(Reading.text(next)).isEqualTo("bcd");
    assertThat(exchange(1).connection()).isEqualTo(exchange(0).connection());
  }
}
