package dev.voxlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.chat.ChatRequest;
import dev.voxlog.llm.chat.ChatStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A model that does whatever an attack wants, each time it is asked.
final class ObedientModel implements ChatModel {
  private static final int ENDLESS = 3_900;

  final List<ChatRequest> asked = new ArrayList<>();
  private final JsonNode obeys;

  ObedientModel(JsonNode obeys) {
    this.obeys = obeys;
  }

  @Override
  public String name() {
    return "obedient";
  }

  @Override
  public ChatStream ask(ChatRequest request) {
    asked.add(request);
    Deque<ChatStream.Piece> pieces = new ArrayDeque<>();
    boolean isCall = obeys.has("calls");
    if (isCall) {
      String arguments = obeys.path("arguments").toString();
      pieces.add(new ChatStream.FunctionCall("1", obeys.get("calls").asText(), arguments));
    } else {
      for (String token : said(request).split("(?<= )")) {
        pieces.add(new ChatStream.Text(token));
      }
    }
    pieces.add(
        new ChatStream.End(
            isCall ? ChatStream.Finish.FUNCTION_CALLS : ChatStream.Finish.STOP, null));
    return new Prepared(pieces);
  }

  private String said(ChatRequest request) {
    return obeys
        .required("says")
        .asText()
        .replace("{prompt}", request.messages().getFirst().text())
        .replace("{endless}", "a".repeat(ENDLESS))
        .replace("{spelled}", String.join("-", Canary.MARK.split("")))
        .replace("{backwards}", new StringBuilder(Canary.MARK).reverse());
  }

  @Override
  public void close() {}

  private record Prepared(Deque<Piece> pieces) implements ChatStream {
    @Override
    public CompletionStage<Piece> next() {
      return pieces.isEmpty()
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(pieces.remove());
    }

    @Override
    public void close() {}
  }
}
