package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StubChatTest {
  private static final ChatRequest ANYTHING = new ChatRequest(List.of(), List.of());

  private static String whole(ChatStream stream) {
    StringBuilder text = new StringBuilder();
    while (stream.next().toCompletableFuture().join() instanceof Text(String delta)) {
      text.append(delta);
    }
    return text.toString();
  }

  @Test
  void noTwoAnswersAreAlike() {
    StubChat chat = new StubChat(Duration.ZERO);
    String first = whole(chat.ask(ANYTHING));
    assertThat(first).startsWith("I have ").endsWith(" be.");
    assertThat(whole(chat.ask(ANYTHING))).isNotEqualTo(first);
  }

  @Test
  void onlyTheFirstPieceIsWaitedFor() {
    ChatStream stream = new StubChat(Duration.ofMillis(50)).ask(ANYTHING);
    CompletableFuture<Piece> first = stream.next().toCompletableFuture();
    assertThat(first).isNotDone();
    assertThat(first.join()).isInstanceOf(Text.class);
    assertThat(stream.next().toCompletableFuture()).isDone();
  }

  @Test
  void afterItsEndOrItsCloseThereIsNothing() {
    ChatStream stream = new StubChat(Duration.ZERO).ask(ANYTHING);
    Piece piece = stream.next().toCompletableFuture().join();
    while (!(piece instanceof End)) {
      piece = stream.next().toCompletableFuture().join();
    }
    assertThat(stream.next().toCompletableFuture()).isCompletedExceptionally();
    ChatStream closed = new StubChat(Duration.ZERO).ask(ANYTHING);
    closed.close();
    assertThat(closed.next().toCompletableFuture()).isCompletedExceptionally();
  }
}
