package dev.voxlog.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.testkit.NodeJs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripted model speaks the wire as the official `openai` package expects it.
class ScriptedChatOfficialClientIT {
  private static final String PACKAGE = "openai@6.49.0";
  private static final String SCRIPT = "official-client.mjs";

  @TempDir Path folder;

  @Test
  void theOfficialClientReadsTextCallsUsageAndErrorsAndIsNoticedWhenItLeaves() throws Exception {
    assumeTrue(NodeJs.isThere(), "Node.js and npm are not on this machine");
    NodeJs node = new NodeJs(folder);
    node.install(List.of(PACKAGE));
    try (ScriptedChat server = new ScriptedChat(ScriptedChatOfficialClientIT::answer)) {
      String printed = node.script(getClass(), SCRIPT, Map.of(), server.url().toString());
      JsonNode seen = new ObjectMapper().readTree(printed);

      assertThat(seen.at("/said/deltas").toString()).isEqualTo("[\"Hello\",\" there.\"]");
      assertThat(seen.at("/said/completion/choices/0/message/content").asText())
          .isEqualTo("Hello there.");
      assertThat(seen.at("/said/completion/choices/0/finish_reason").asText()).isEqualTo("stop");
      assertThat(seen.at("/said/completion/usage/completion_tokens").asInt()).isEqualTo(2);
      JsonNode call = seen.at("/called/message/tool_calls/0/function");
      assertThat(call.path("name").asText()).isEqualTo("order_status");
      assertThat(call.path("arguments").asText()).isEqualTo("{\"orderId\":\"45812\"}");
      assertThat(seen.at("/called/finish_reason").asText()).isEqualTo("tool_calls");
      assertThat(seen.at("/refused/status").asInt()).isEqualTo(429);
      assertThat(seen.at("/refused/type").asText()).isEqualTo("RateLimitError");
      assertThat(seen.path("left").asText()).isEqualTo("APIUserAbortError");
      await().atMost(Duration.ofSeconds(20)).until(() -> server.exchanges().getLast().wasLeft());
    }
  }

  private static ChatScript answer(JsonNode request) {
    return switch (request.at("/messages/0/content").asText()) {
      case "talk" -> ChatScript.says("Hello", " there.");
      case "call" -> ChatScript.calls("call_1", "order_status", "{\"order", "Id\":\"458", "12\"}");
      case "refuse" -> ChatScript.refuses(429, "rate_limit_exceeded");
      default -> ChatScript.of(new ChatScript.Text("Well"), new ChatScript.Stall());
    };
  }
}
