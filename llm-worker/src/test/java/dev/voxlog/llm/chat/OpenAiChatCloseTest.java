package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import dev.voxlog.testkit.chat.ChatScript;
import dev.voxlog.testkit.chat.ScriptedChat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams that are closed before they are over, as the server sees it and as the reader does.
@Timeout(60)
class OpenAiChatCloseTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @SuppressWarnings("NullAway.Init")
  private ScriptedChat server;

  @SuppressWarnings("NullAway.Init")
  private OpenAiChat chat;

  private void answers(ChatScript... scripts) {
    server = ScriptedChat.inTurn(scripts);
    chat = new OpenAiChat(OpenAiChatConfig.of(server.url(), "tiny", null).withTimeouts(LONG, LONG));
  }

  @AfterEach
  void stop() {
    chat.close();
    server.close();
  }

  private ChatStream ask() {
    return chat.ask(new ChatRequest(List.of(new Message(Role.USER, "Hi")), List.of()));
  }

  private void awaitAsked() {
    await().atMost(LONG).until(() -> !server.exchanges().isEmpty());
  }

  private void assertLeft() {
    await().atMost(LONG).until(() -> server.exchanges().getFirst().wasLeft());
  }

  @Test
  void theServerSeesACloseBeforeItHasAnsweredAndTheReaderWaitsNoLonger() {
    answers(ChatScript.of(new ChatScript.Stall()));
    ChatStream stream = ask();
    CompletableFuture<Piece> next = stream.next().toCompletableFuture();
    awaitAsked();

    stream.close();

    assertLeft();
    await().atMost(LONG).until(next::isDone);
    assertThat(next).isCompletedExceptionally();
    assertThat(Reading.failure(stream)).isInstanceOf(CancellationException.class);
  }

  @Test
  void theServerSeesACloseInTheMidstOfItsAnswer() {
    answers(ChatScript.of(new ChatScript.Text("Hi"), new ChatScript.Stall()));
    ChatStream stream = ask();
    assertThat(Reading.next(stream)).isEqualTo(new Text("Hi"));

    stream.close();

    assertLeft();
  }

  @Test
  void piecesThatWaitAreNotReadAfterAClose() {
    answers(
        ChatScript.of(new ChatScript.Text("a"), new ChatScript.Text("b"), new ChatScript.Stall()));
    ChatStream stream = ask();
    assertThat(Reading.next(stream)).isEqualTo(new Text("a"));

    stream.close();

    assertThat(Reading.failure(stream)).isInstanceOf(CancellationException.class);
  }

  @Test
  void whatIsClosedAsSoonAsItIsAskedIsNotAnsweredAndTheNextIs() {
    server = new ScriptedChat(_ -> ChatScript.says("a"));
    chat = new OpenAiChat(OpenAiChatConfig.of(server.url(), "tiny", null));

    for (int i = 0; i < 20; i++) {
      ChatStream stream = ask();
      stream.close();
      assertThat(Reading.failure(stream)).isInstanceOf(CancellationException.class);
    }

    assertThat(Reading.text(ask())).isEqualTo("a");
  }

  @Test
  void aStreamMayBeClosedAnyNumberOfTimesFromAnyThread() {
    answers(ChatScript.of(new ChatScript.Text("Hi"), new ChatScript.Stall()), ChatScript.says("a"));
    ChatStream stream = ask();
    assertThat(Reading.next(stream)).isEqualTo(new Text("Hi"));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.execute(stream::close);
      }
    }

    assertLeft();
    assertThat(Reading.text(ask())).isEqualTo("a");
  }

  @Test
  void aModelThatIsClosedClosesItsStreamsAndAnswersNoMore() {
    answers(ChatScript.of(new ChatScript.Stall()), ChatScript.says("a"));
    ChatStream stream = ask();
    CompletableFuture<Piece> next = stream.next().toCompletableFuture();
    awaitAsked();

    chat.close();

    assertLeft();
    assertThat(next).isCompletedExceptionally();
    assertThat(Reading.failure(stream)).isInstanceOf(CancellationException.class);
    assertThat(Reading.failure(ask())).isInstanceOf(CancellationException.class);
    assertThat(server.exchanges()).hasSize(1);
  }
}
