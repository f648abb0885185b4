package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a request says to OpenAI's own service, and to the others.
class CompletionBodyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ChatRequest QUESTION =
      new ChatRequest(
          List.of(
              new Message(Role.SYSTEM, "Be brief."),
              new Message(Role.ASSISTANT, "Hello?"),
              new Message(Role.USER, "Where is my order?")),
          List.of());

  private static JsonNode body(String url, @Nullable Double temperature, ChatRequest request)
      throws Exception {
    Duration second = Duration.ofSeconds(1);
    String effort = temperature == null ? null : "low";
    OpenAiChatConfig config =
        new OpenAiChatConfig(
            URI.create(url),
            "gpt-x",
            "sk-secret",
            second,
            second,
            120,
            temperature,
            effort,
            second);
    return JSON.readTree(CompletionBody.of(config, request));
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void openAiIsToldItsOwnLimitAndNotToPadTheStream() throws Exception {
    assertThat(body("https://api.openai.com/v1", 0.5, QUESTION))
        .isEqualTo(
            json(
                """
                {'model':'gpt-x',
                 'messages':[{'role':'system','content':'Be brief.'},
                   {'role':'assistant','content':'Hello?'},
                   {'role':'user','content':'Where is my order?'}],
                 'stream':true,
                 'stream_options':{'include_usage':true,'include_obfuscation':false},
                 'max_completion_tokens':120,
                 'temperature':0.5,
                 'reasoning_effort':'low'}
                """));
  }

  @Test
  void othersAreToldTheLimitThatAllKnowAndNothingTheyMayRefuse() throws Exception {
    JsonNode body = body("http://localhost:11434/v1", null, QUESTION);

    assertThat(body.get("stream_options")).isEqualTo(json("{'include_usage':true}"));
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly("model", "messages", "stream", "stream_options", "max_tokens");
  }

  @Test
  void functionsAreOfferedAsTools() throws Exception {
    JsonNode parameters = json("{'type':'object','properties':{'id':{'type':'string'}}}");
    ChatRequest request =
        new ChatRequest(
            QUESTION.messages(),
            List.of(new ChatRequest.Function("order", "Looks an order up.", parameters)));

    JsonNode body = body("http://localhost:8000/v1", null, request);

    assertThat(body.get("tools"))
        .isEqualTo(
            json(
                """
                [{'type':'function','function':{'name':'order',
                  'description':'Looks an order up.',
                  'parameters':{'type':'object','properties':{'id':{'type':'string'}}}}}]
                """));
  }
}
