package dev.voxlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Caller;
import dev.voxlog.agent.Tool;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.llm.tools.ToolCall;
import dev.voxlog.llm.tools.Tools;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tools that answer by script and remember every call made.
final class ScriptedTools implements Tools {
  static final String ACCOUNT = "getAccount";
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<Made> made = new ArrayList<>();

  /// The look-ups of who calls, which nobody asked for, apart from `made`.
  final List<Made> lookedUp = new ArrayList<>();

  private final Map<String, ToolAnswer> orders = new HashMap<>();
  private final Deque<CompletableFuture<ToolAnswer>> next = new ArrayDeque<>();
  private CompletableFuture<ToolAnswer> account =
      CompletableFuture.completedFuture(ToolAnswer.of(Outcome.NOT_FOUND));

  /// One call as it reached the tool.
  record Made(String tool, ObjectNode arguments, Caller caller, String key) {}

  @Override
  public CompletionStage<ToolAnswer> call(ToolCall call) {
    Tool tool = call.tool();
    ObjectNode arguments = call.arguments();
    Made asked = new Made(tool.name(), arguments, call.caller(), call.idempotencyKey());
    if (tool.name().equals(ACCOUNT)) {
      lookedUp.add(asked);
      return account;
    }
    made.add(asked);
    if (!next.isEmpty()) {
      return next.remove();
    }
    if (tool.name().equals("getOrder")) {
      ToolAnswer unknown = ToolAnswer.of(Outcome.NOT_FOUND);
      return CompletableFuture.completedFuture(
          orders.getOrDefault(arguments.get("id").asText(), unknown));
    }
    boolean isDeed = arguments.has("order");
    return CompletableFuture.completedFuture(
        isDeed && !isCallers(arguments.get("order").asText(), call.caller())
            ? ToolAnswer.of(Outcome.NOT_FOUND)
            : new ToolAnswer(
                Outcome.OK, json("{\"id\":\"c1\",\"item\":\"toaster\",\"left\":0.0}")));
  }

  /// What is done to an order the service does for its owner alone.
  private boolean isCallers(String order, Caller caller) {
    ToolAnswer known = orders.get(order);
    JsonNode owner = known == null ? null : Objects.requireNonNull(known.result()).get("phone");
    return owner == null || owner.isNull() || caller.is(owner.asText());
  }

  /// Ms Brown calls, by this number.
  void account(String phone) {
    account = CompletableFuture.completedFuture(accountOf(phone));
  }

  /// Nobody knows who calls until the test says so.
  CompletableFuture<ToolAnswer> accountIsSlow() {
    account = new CompletableFuture<>();
    return account;
  }

  void accountIs(Outcome outcome) {
    account = CompletableFuture.completedFuture(ToolAnswer.of(outcome));
  }

  static ToolAnswer accountOf(String phone) {
    String body =
        """
        {"phone": "%s", "title": "Ms", "name": "Brown", "tier": "gold", "card": "yes",
         "orders": [{"id": "45812", "item": "toaster", "status": "shipped", "open": 0},
                    {"id": "73190", "item": "toaster", "status": "delivered", "open": 49.5}],
         "recent": {"id": "45812", "item": "toaster", "status": "shipped", "open": 0},
         "open": {"id": "73190", "item": "toaster", "status": "delivered", "open": 49.5},
         "returnable": {"id": "73190", "item": "toaster", "status": "delivered", "open": 49.5}}
        """
            .formatted(phone);
    return new ToolAnswer(Outcome.OK, json(body));
  }

  void order(String id, String status) {
    String body =
        """
        {"id": "%s", "status": "%s", "item": "toaster", "eta": "2026-01-03", "carrier": "City Parcel", "total": 19.95, "phone": null}
        """
            .formatted(id, status);
    orders.put(id, new ToolAnswer(Outcome.OK, json(body)));
  }

  /// An order that has an owner, told to whoever asks: the tool itself checks nothing.
  void orderOf(String phone, String id, String item) {
    String body =
        """
        {"id": "%s", "status": "shipped", "item": "%s", "eta": "2026-01-03", "carrier": "Blue Van Couriers", "total": 449, "phone": "%s"}
        """
            .formatted(id, item, phone);
    orders.put(id, new ToolAnswer(Outcome.OK, json(body)));
  }

  /// The next call is answered when the test says so.
  CompletableFuture<ToolAnswer> nextIsSlow() {
    CompletableFuture<ToolAnswer> answer = new CompletableFuture<>();
    next.add(answer);
    return answer;
  }

  void nextIs(Outcome outcome) {
    nextIs(ToolAnswer.of(outcome));
  }

  void nextIs(ToolAnswer answer) {
    next.add(CompletableFuture.completedFuture(answer));
  }

  ToolAnswer known(String id) {
    return Objects.requireNonNull(orders.get(id));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException broken) {
      throw new IllegalArgumentException(broken);
    }
  }
}
