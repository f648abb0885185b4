package dev.voxlog.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Caller;
import dev.voxlog.agent.Tool;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.llm.tools.ToolCall;
import dev.voxlog.llm.tools.Tools;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.ForeignJson;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call's tool calls. Each is in the log before it is made, and its result before it is used;
/// none that was completed is made again, whatever supersedes the turn or takes the call over.
final class ToolDesk {
  /// Begins the key of every request and timer of this desk.
  static final String KEY = "tool ";

  private static final ObjectMapper JSON = ForeignJson.mapper();
  private static final Duration OWNERSHIP_CHECK = Duration.ofMillis(100);
  private static final int REMEMBERED = 4;

  private final CallId call;
  private final Effects effects;
  private final Tools tools;
  private final Duration ownershipWait;
  private final OwnLog own;
  private final ToolGuard guard;
  private final List<Kept> finished = new ArrayList<>();
  private final Map<String, Going> going = new LinkedHashMap<>();
  private @Nullable String ofTheCall;

  /// A completed call, as a checkpoint keeps it; `arguments` and `result` are JSON.
  record Kept(
      int turn, int n, String tool, String arguments, Outcome outcome, @Nullable String result) {}

  /// A call under way: what is asked of which tool since when, how far it is, and whether a turn
  /// still waits for it.
  private record Going(Order order, Instant since, Step step, boolean isWanted) {
    Going at(Step next) {
      return new Going(order, since, next, isWanted);
    }

    Going wanted(boolean is) {
      return new Going(order, since, step, is);
    }

    ToolRequested request() {
      return order.request;
    }

    Tool tool() {
      return order.tool;
    }
  }

  /// What is to be done. `mayBeDone` when a predecessor asked for it and no answer is known.
  private record Order(ToolRequested request, Tool tool, ObjectNode arguments, boolean mayBeDone) {
    /// That the repetition failed, or met the first try at work, does not say that that failed.
    ToolAnswer judged(ToolAnswer answer) {
      boolean isSettled = answer.outcome() != Outcome.FAILED && !answer.isConflict();
      return mayBeDone && !isSettled ? broken(tool) : answer;
    }
  }

  /// How far a call is.
  private sealed interface Step {}

  /// Its request is on the way to the log.
  private record Requested() implements Step {}

  /// The request is in the log; the call starts once the partition is surely still ours.
  private record Held(int checks) implements Step {}

  private record Made() implements Step {}

  /// Its result is on the way to the log.
  private record Done(ToolAnswer answer) implements Step {}

  /// What came of asking for a tool: an answer at once, or later under a key.
  sealed interface Asked {}

  record Ready(ToolAnswer answer) implements Asked {}

  record Waiting(String key) implements Asked {}

  ToolDesk(
      CallView call, Effects effects, LlmWorker.Surroundings around, OwnLog own, List<Kept> kept) {
    this.call = call.id();
    this.effects = effects;
    this.tools = around.tools();
    this.ownershipWait = around.config().ownershipWait();
    this.own = own;
    this.guard = new ToolGuard(call.agent().agent(), Caller.of(call.started().from()), effects);
    finished.addAll(kept);
  }

  boolean isIdle() {
    return going.isEmpty();
  }

  /// Calls the tool for a turn. `chain` are the turns it supersedes, whose calls count as this
  /// turn's own, as do those that a predecessor asked for after turn `after`.
  Asked ask(int turn, int after, List<Integer> chain, Tool tool, ObjectNode given) {
    ObjectNode arguments = guard.bound(tool, given);
    Optional<ToolAnswer> refused = guard.refused(tool, arguments);
    if (refused.isPresent()) {
      return new Ready(refused.get());
    }
    String wanted = arguments.toString();
    Optional<Asked> earlier = earlier(chain, tool.name(), wanted);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    return own.takeRequest(after, turn, tool.name(), wanted)
        .map(request -> again(request, tool, arguments))
        .orElseGet(() -> request(new Order(fresh(turn, tool, wanted), tool, arguments, false)));
  }

  /// Calls a tool for the call itself: no turn waits for it, and none that ends takes it back.
  Asked askForTheCall(int turn, Tool tool, ObjectNode given) {
    Asked asked = ask(turn, turn - 1, List.of(), tool, given);
    if (asked instanceof Waiting(String key)) {
      ofTheCall = key;
    }
    return asked;
  }

  private Optional<Asked> earlier(List<Integer> chain, String tool, String arguments) {
    for (Map.Entry<String, Going> each : going.entrySet()) {
      ToolRequested request = each.getValue().request();
      if (chain.contains(request.turn())
          && request.tool().equals(tool)
          && request.arguments().equals(arguments)) {
        each.setValue(each.getValue().wanted(true));
        return Optional.of(new Waiting(each.getKey()));
      }
    }
    for (Kept kept : finished) {
      if (chain.contains(kept.turn())
          && kept.tool().equals(tool)
          && kept.arguments().equals(arguments)) {
        return Optional.of(new Ready(new ToolAnswer(kept.outcome(), json(kept.result()))));
      }
    }
    return Optional.empty();
  }

  private ToolRequested fresh(int turn, Tool tool, String arguments) {
    int n = 0;
    while (own.isRequested(turn, n) || isTaken(turn, n)) {
      n++;
    }
    return new ToolRequested(call, effects.now(), turn, n, tool.name(), arguments);
  }

  private boolean isTaken(int turn, int n) {
    return going.containsKey(key(turn, n))
        || finished.stream().anyMatch(each -> each.turn() == turn && each.n() == n);
  }

  private static String key(int turn, int n) {
    return KEY + turn + "." + n;
  }

  /// A predecessor's request: its result is used if it is in the log; if not, only a tool that is
  /// safe to repeat is called.
  private Asked again(ToolRequested request, Tool tool, ObjectNode arguments) {
    ToolDone done = own.done(request);
    if (done != null) {
      ToolAnswer known = guard.shown(tool, new ToolAnswer(done.outcome(), json(done.result())));
      keep(request, known.outcome(), text(known));
      return new Ready(known);
    }
    Order order = new Order(request, tool, arguments, true);
    if (tool.isRepeatSafe()) {
      return request(order);
    }
    String key = key(request.turn(), request.n());
    going.put(key, new Going(order, effects.now(), new Made(), true));
    answered(key, ToolAnswer.of(Outcome.UNCERTAIN));
    return new Waiting(key);
  }

  private Asked request(Order order) {
    String key = key(order.request.turn(), order.request.n());
    going.put(key, new Going(order, effects.now(), new Requested(), true));
    effects.emit(order.request);
    effects.written(key);
    return new Waiting(key);
  }

  /// No turn waits for any of these calls now. What was not made yet will not be, unless it is
  /// asked for again.
  void release() {
    going.replaceAll((key, each) -> each.wanted(key.equals(ofTheCall)));
  }

  /// What was awaited under one of this desk's keys has come; gives the answer once it is in the
  /// log.
  Optional<ToolAnswer> answered(String key, Object value) {
    Going at = going.get(key);
    if (at == null) {
      return Optional.empty();
    }
    switch (at.step()) {
      case Requested _ -> start(key, at, 0);
      case Held _ -> {}
      case Made _ -> done(key, at, value instanceof ToolAnswer answer ? answer : broken(at.tool()));
      case Done(ToolAnswer answer) -> {
        going.remove(key);
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  /// Nobody knows how the call ended.
  Optional<ToolAnswer> failed(String key) {
    Going at = going.get(key);
    return at == null ? Optional.empty() : answered(key, broken(at.tool()));
  }

  /// Longer than any tool that keeps to its time limit takes, a repetition included.
  private static Duration longest(Tool tool) {
    return tool.http().timeout().multipliedBy(2).plusSeconds(1);
  }

  private static ToolAnswer broken(Tool tool) {
    return ToolAnswer.of(tool.http().method().equals("GET") ? Outcome.FAILED : Outcome.UNCERTAIN);
  }

  /// A timer of this desk is due.
  void due(String key) {
    Going at = going.get(key);
    if (at != null && at.step() instanceof Held(int checks)) {
      start(key, at, checks);
    }
  }

  private void start(String key, Going at, int checks) {
    if (!at.isWanted()) {
      write(key, at, at.order().judged(ToolAnswer.of(Outcome.FAILED)));
    } else if (effects.isOwnershipConfirmed()) {
      going.put(key, at.at(new Made()));
      effects.await(
          key,
          longest(at.tool()),
          tools.call(
              new ToolCall(
                  at.tool(),
                  at.order().arguments(),
                  guard.caller(),
                  at.request().idempotencyKey())));
    } else if (OWNERSHIP_CHECK.multipliedBy(checks).compareTo(ownershipWait) < 0) {
      going.put(key, at.at(new Held(checks + 1)));
      effects.timer(key, OWNERSHIP_CHECK);
    } else {
      effects.error("tool not called", "the partition's ownership was not confirmed in time");
      done(key, at, ToolAnswer.of(Outcome.FAILED));
    }
  }

  private void done(String key, Going at, ToolAnswer last) {
    ToolAnswer answer = guard.shown(at.tool(), at.order().judged(last));
    keep(at.request(), answer.outcome(), text(answer));
    write(key, at, answer);
  }

  private void write(String key, Going at, ToolAnswer answer) {
    ToolRequested request = at.request();
    long took = Duration.between(at.since(), effects.now()).toMillis();
    effects.emit(
        new ToolDone(
            call,
            effects.now(),
            request.turn(),
            request.n(),
            request.tool(),
            answer.outcome(),
            text(answer),
            took));
    going.put(key, at.at(new Done(answer)));
    effects.written(key);
  }

  private static @Nullable String text(ToolAnswer answer) {
    return answer.result() == null ? null : answer.result().toString();
  }

  /// A checkpoint may be read by an older version, which knows no withholding.
  private void keep(ToolRequested request, Outcome outcome, @Nullable String result) {
    Outcome kept = outcome == Outcome.WITHHELD ? Outcome.NOT_FOUND : outcome;
    finished.add(
        new Kept(request.turn(), request.n(), request.tool(), request.arguments(), kept, result));
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
