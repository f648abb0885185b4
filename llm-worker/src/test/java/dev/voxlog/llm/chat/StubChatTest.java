package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import java.time.Duration;
import java.util.List;
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
    ChatStream slow = new StubChat(Duration.ofHours(1)).ask(ANYTHING);
    assertThat(slow.next().toCompletableFuture()).isNotDone();

    Duration delay = Duration.ofMillis(20);
    ChatStream stream = new StubChat(delay).ask(ANYTHING);
    long asked = System.nanoTime();
    assertThat(stream.next().toCompletableFuture().join()).isInstanceOf(Text.class);
    assertThat(System.nanoTime() - asked).isGreaterThanOrEqualTo(delay.toNanos());
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
