package dev.voxlog.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A scripted model as its wire shows it.
@Timeout(60)
class ScriptedChatTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  private static HttpResponse<String> post(URI url, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> ask(ScriptedChat server, String more) throws Exception {
    return post(
        URI.create(server.url() + "/chat/completions"),
        "{\"model\":\"tiny\",\"stream\":true," + more + MESSAGES + "}");
  }

  @Test
  void anAnswerIsAStreamOfChunksThatBeginsWithTheRoleAndEndsWithTheWordThatItIsDone()
      throws Exception {
    try (ScriptedChat server = ScriptedChat.inTurn(ChatScript.says("Hello", " there"))) {
      HttpResponse<String> answer = ask(server, "");

      assertThat(answer.headers().firstValue("content-type")).get().asString().contains("event-");
      assertThat(List.of(answer.body().split("\n\n")))
          .hasSize(5)
          .allSatisfy(event -> assertThat(event).startsWith("data: "))
          .endsWith("data: [DONE]")
          .first(InstanceOfAssertFactories.STRING)
          .contains("\"delta\":{\"role\":\"assistant\"");
    }
  }

  @Test
  void usageGoesToWhoAsksForIt() throws Exception {
    try (ScriptedChat server =
        ScriptedChat.inTurn(ChatScript.says("Hello"), ChatScript.says("Hello"))) {
      assertThat(ask(server, "").body()).doesNotContain("usage");
      assertThat(ask(server, "\"stream_options\":{\"include_usage\":true},").body())
          .contains("\"usage\":null", "\"choices\":[],\"usage\":{\"prompt_tokens\":20");
    }
  }

  @Test
  void tokensTakeTheirTime() throws Exception {
    Pace pace = new Pace(Duration.ofMillis(150), Duration.ofMillis(50));
    try (ScriptedChat server = ScriptedChat.inTurn(ChatScript.says("a", "b", "c").paced(pace))) {
      long before = System.nanoTime();
      ask(server, "");

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }
  }

  @Test
  void whatIsLeftWhenTheScriptsAreOverIsAFailure() throws Exception {
    try (ScriptedChat server = ScriptedChat.inTurn()) {
      assertThat(ask(server, "").statusCode()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/models, '{}', 404",
    "/chat/completions, '', 400",
    "/chat/completions, '{\"stream\":true}', 400",
    "/chat/completions, '{\"messages\":[{}]}', 400"
  })
  void whatItCannotAnswerIsRefusedAndNotRecorded(String path, String body, int status)
      throws Exception {
    try (ScriptedChat server = ScriptedChat.inTurn(ChatScript.says("a"))) {
      assertThat(post(URI.create(server.url() + path), body).statusCode()).isEqualTo(status);
      assertThat(server.exchanges()).isEmpty();
    }
  }
}
