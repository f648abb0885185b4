package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.llm.chat.ChatException;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.chat.ChatRequest;
import dev.voxlog.llm.chat.ChatStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineAndChatChecksTest {

  @Test
  void eachEngineIsLoadedAndOneThatCannotBeIsBad() {
    Map<String, EngineChecks.Loading> loadings = new LinkedHashMap<>();
    loadings.put("stt", () -> {});
    loadings.put(
        "tts",
        () -> {
          throw new UnsatisfiedLinkError("libgomp.so.1 is missing");
        });
    assertThat(new EngineChecks(loadings).all())
        .satisfiesExactly(
            stt -> assertThat(stt.what()).matches("loads in \\d+\\.\\d s"),
            tts -> {
              assertThat(tts.state()).isEqualTo(State.BAD);
              assertThat(tts.what()).contains("libgomp.so.1");
              assertThat(tts.fix()).contains("libgomp1");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE, llm.chat.baseUrl",
    "NO_ANSWER, llm.chat.firstToken",
    "STALLED, llm.chat.betweenTokens",
    "REFUSED, llm.chat.apiKey",
    "BUSY, wait",
    "BROKEN, chat completions"
  })
  void aModelThatFailsIsBadWithWhatToLookAt(ChatException.Kind kind, String fix) {
    Finding finding =
        ChatCheck.of(answering(CompletableFuture.failedFuture(new ChatException(kind, "no"))));
    assertThat(finding.state()).isEqualTo(State.BAD);
    assertThat(finding.fix()).contains(fix);
  }

  @Test
  void aModelThatSaysNothingIsBadAndOneThatSpeaksIsFine() {
    ChatStream.Piece end = new ChatStream.End(ChatStream.Finish.STOP, null);
    assertThat(ChatCheck.of(answering(CompletableFuture.completedFuture(end))).state())
        .isEqualTo(State.BAD);
    ChatStream.Piece yes = new ChatStream.Text("yes");
    assertThat(ChatCheck.of(answering(CompletableFuture.completedFuture(yes))).state())
        .isEqualTo(State.OK);
  }

  @Test
  void aKeyIsMissedOnlyWhereTheEndpointIsAnothersMachine() {
    assertThat(ChatCheck.key("127.0.0.1", false)).isEmpty();
    assertThat(ChatCheck.key("api.openai.com", true)).isEmpty();
    assertThat(ChatCheck.key("api.openai.com", false))
        .hasValueSatisfying(finding -> assertThat(finding.fix()).contains("llm.chat.apiKey"));
  }

  private static ChatModel answering(CompletableFuture<ChatStream.Piece> piece) {
    return new ChatModel() {
      @Override
      public String name() {
        return "a model";
      }

      @Override
      public ChatStream ask(ChatRequest request) {
        return new ChatStream() {
          @Override
          public CompletableFuture<Piece> next() {
            return piece;
          }

          @Override
          public void close() {}
        };
      }

      @Override
      public void close() {}
    };
  }
}
