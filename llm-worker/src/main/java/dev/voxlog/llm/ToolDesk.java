package dev.voxlog.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Tool;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.llm.tools.Tools;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call's tool calls: each is a record before it is made and a record before its result is used, and none that was
/// completed is made again, whatever supersedes the turn or takes the call over.
final class ToolDesk {
  /// Names the answers and timers that are this desk's.
  static final String KEY = "tool ";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REMEMBERED = 4;

  private final CallId call;
  private final Effects effects;
  private final Tools tools;
  private final OwnLog own;
  private final List<Kept> finished = new ArrayList<>();
  private final Map<String, Going> going = new HashMap<>();

  /// A completed call, as a checkpoint keeps it; `arguments` and `result` are JSON.
  record Kept(int turn, int n, String tool, String arguments, Outcome outcome, @Nullable String result) {}

  private record Going(ToolRequested request, Tool tool, Instant since) {}

  /// What came of asking for a tool: an answer at once, or later under a key.
  sealed interface Asked {}

  record Ready(ToolAnswer answer) implements Asked {}

  record Waiting(String key) implements Asked {}

  ToolDesk(CallId call, Effects effects, Tools tools, OwnLog own, List<Kept> kept) {
    this.call = call;
    this.effects = effects;
    this.tools = tools;
    this.own = own;
    finished.addAll(kept);
  }

  boolean isIdle() {
    return going.isEmpty();
  }

  /// Calls the tool for a turn; `chain` are the turns it supersedes, whose calls count as this turn's own.
  Asked ask(int turn, List<Integer> chain, Tool tool, ObjectNode arguments) {
    List<String> problems = tool.check(arguments);
    if (!problems.isEmpty()) {
      effects.error("tool arguments refused", tool.name() + " " + problems);
      return new Ready(ToolAnswer.of(Outcome.REFUSED));
    }
    String wanted = arguments.toString();
    Optional<Asked> earlier = earlier(chain, tool.name(), wanted);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    int before = chain.stream().min(Integer::compare).orElse(turn) - 1;
    return own.takeRequest(before, turn, tool.name(), wanted)
        .map(request -> again(request, tool, arguments))
        .orElseGet(() -> make(new ToolRequested(call, effects.now(), turn, free(turn), tool.name(), wanted), tool, arguments));
  }

  private Optional<Asked> earlier(List<Integer> chain, String tool, String arguments) {
    for (Kept kept : finished) {
      if (chain.contains(kept.turn()) && kept.tool().equals(tool) && kept.arguments().equals(arguments)) {
        return Optional.of(new Ready(new ToolAnswer(kept.outcome(), json(kept.result()))));
      }
    }
    for (Map.Entry<String, Going> each : going.entrySet()) {
      ToolRequested request = each.getValue().request();
      if (chain.contains(request.turn()) && request.tool().equals(tool) && request.arguments().equals(arguments)) {
        return Optional.of(new Waiting(each.getKey()));
      }
    }
    return Optional.empty();
  }

  private int free(int turn) {
    int n = 0;
    while (own.isRequested(turn, n) || isTaken(turn, n)) {
      n++;
    }
    return n;
  }

  private boolean isTaken(int turn, int n) {
    return going.containsKey(KEY + turn + "." + n) || finished.stream().anyMatch(each -> each.turn() == turn && each.n() == n);
  }

  /// A predecessor's request: its result is used if it is in the log; if not, only a tool that is safe to repeat is called.
  private Asked again(ToolRequested request, Tool tool, ObjectNode arguments) {
    ToolDone done = own.done(request);
    if (done != null) {
      keep(request, done.outcome(), done.result());
      return new Ready(new ToolAnswer(done.outcome(), json(done.result())));
    }
    if (tool.isRepeatSafe()) {
      return make(request, tool, arguments);
    }
    return new Ready(finish(request, ToolAnswer.of(Outcome.UNCERTAIN), 0));
  }

  private Asked make(ToolRequested request, Tool tool, ObjectNode arguments) {
    String key = KEY + request.turn() + "." + request.n();
    going.put(key, new Going(request, tool, effects.now()));
    effects.emit(request);
    effects.await(key, tools.call(tool, arguments, request.idempotencyKey()));
    return new Waiting(key);
  }

  /// A call has ended: its result is written, then given.
  ToolAnswer answered(String key, ToolAnswer answer) {
    Going ended = going.remove(key);
    if (ended == null) {
      throw new IllegalStateException("no call is going on under " + key);
    }
    long took = Duration.between(ended.since(), effects.now()).toMillis();
    return finish(ended.request(), answer, took);
  }

  /// A call of which nobody knows how it ended.
  ToolAnswer failed(String key) {
    Going ended = going.get(key);
    boolean isHarmless = ended != null && ended.tool().http().method().equals("GET");
    return answered(key, ToolAnswer.of(isHarmless ? Outcome.FAILED : Outcome.UNCERTAIN));
  }

  private ToolAnswer finish(ToolRequested request, ToolAnswer answer, long tookMs) {
    String result = answer.result() == null ? null : answer.result().toString();
    effects.emit(new ToolDone(call, effects.now(), request.turn(), request.n(), request.tool(), answer.outcome(), result, tookMs));
    keep(request, answer.outcome(), result);
    return answer;
  }

  private void keep(ToolRequested request, Outcome outcome, @Nullable String result) {
    finished.add(new Kept(request.turn(), request.n(), request.tool(), request.arguments(), outcome, result));
    if (finished.size() > REMEMBERED) {
      finished.removeFirst();
    }
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a tool's result in the log is not JSON", broken);
    }
  }

  List<Kept> kept() {
    return List.copyOf(finished);
  }
}
