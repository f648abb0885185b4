package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a model's configuration may be, and what it says where it may not.
class OpenAiChatConfigTest {
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");

  private static OpenAiChatConfig at(String url) {
    return OpenAiChatConfig.of(URI.create(url), "m", null);
  }

  private static OpenAiChatConfig with(int maxTokens, Double temperature) {
    Duration second = Duration.ofSeconds(1);
    return new OpenAiChatConfig(
        OPENAI, "m", null, second, second, maxTokens, temperature, null, second);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080/v1, http://127.0.0.1:8080/v1",
    "https://api.openai.com/v1/, https://api.openai.com/v1",
    "http://models.internal, http://models.internal"
  })
  void aSlashAtTheEndMakesNoDifference(String url, String taken) {
    assertThat(at(url).baseUrl()).isEqualTo(URI.create(taken));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, true",
    "https://eu.api.openai.com/v1, true",
    "http://api.openai.com.example/v1, false",
    "http://localhost:11434/v1, false"
  })
  void openAisOwnServiceIsToldApart(String url, boolean isOpenAi) {
    assertThat(at(url).isOpenAi()).isEqualTo(isOpenAi);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/v1",
        "api.openai.com/v1",
        "mailto:a@b",
        "http:///v1",
        "http://h/v1?a=b"
      })
  void whatIsNoAddressOfAServiceIsRefusedWithAnExample(String url) {
    assertThatThrownBy(() -> at(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("llm.chat.baseUrl = ")
        .hasMessageEndingWith("write it as in https://api.openai.com/v1");
  }

  @Test
  void theAddressOfTheMethodItselfIsRefused() {
    assertThatThrownBy(() -> at("http://h/v1/chat/completions"))
        .hasMessage(
            "llm.chat.baseUrl = http://h/v1/chat/completions is the address of one method:"
                + " end it with /v1");
  }

  @Test
  void aPasswordInAnAddressIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> at("http://me:secret@h/v1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk-secret\n", "sk secret", "sk-sécret"})
  void aKeyThatCannotBeOneIsRefusedAndNotRepeated(String key) {
    assertThatThrownBy(() -> OpenAiChatConfig.of(OPENAI, "m", key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("llm.chat.apiKey = *** ")
        .hasMessageNotContaining("cret");
  }

  @Test
  void theKeyIsNoPartOfItsText() {
    assertThat(OpenAiChatConfig.of(OPENAI, "m", "sk-secret"))
        .asString()
        .isEqualTo("OpenAiChatConfig[https://api.openai.com/v1, m]");
  }

  @Test
  void amountsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> with(0, 0.5))
        .hasMessage("llm.chat.maxTokens = 0 lets it say nothing: write 1 or more, such as 300");
    assertThatThrownBy(() -> with(1, 2.5)).hasMessageStartingWith("llm.chat.temperature = 2.5 ");
    assertThatThrownBy(() -> with(1, Double.NaN)).hasMessageContaining("llm.chat.temperature");
    assertThatThrownBy(() -> at("http://h/v1").withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageStartingWith("llm.chat.firstToken = PT0S ");
    assertThatThrownBy(() -> OpenAiChatConfig.of(OPENAI, " ", null))
        .hasMessageStartingWith("llm.chat.model = ");
  }
}
