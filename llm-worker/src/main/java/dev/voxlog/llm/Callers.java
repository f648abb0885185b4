package dev.voxlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Caller;
import dev.voxlog.agent.Start;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Values;
import dev.voxlog.llm.dialogue.Conversation;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.runtime.CallView;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks up who calls, once, as the agent file's `start` says, while the greeting is spoken. The
/// call goes on without where there is no number, no answer or none in time; what comes late is
/// used from the next turn on.
final class Callers {
  private static final int GREETING = 1;

  private final CallView call;
  private final Agent agent;
  private final ToolDesk tools;
  private final OwnLog own;
  private @Nullable String awaited;
  private @Nullable JsonNode account;

  Callers(CallView call, ToolDesk tools, OwnLog own, @Nullable JsonNode account) {
    this.call = call;
    this.agent = call.agent().agent();
    this.tools = tools;
    this.own = own;
    this.account = account;
  }

  void lookUp() {
    Start start = agent.start();
    Tool tool = start == null ? null : agent.tool(start.tool()).orElse(null);
    if (start == null || tool == null) {
      return;
    }
    String number = number();
    Map<String, String> known = number == null ? Map.of() : Map.of(Values.CALLER, number);
    ObjectNode arguments = tool.arguments(start.arguments(), known::get);
    switch (tools.askForTheCall(GREETING, tool, arguments)) {
      case ToolDesk.Ready(ToolAnswer answer) -> take(answer);
      case ToolDesk.Waiting(String key) -> awaited = key;
    }
  }

  /// Takes the answer that has come under this key, if it is the one.
  boolean answered(String key, ToolAnswer answer) {
    boolean isIt = key.equals(awaited);
    if (isIt) {
      awaited = null;
      take(answer);
    }
    return isIt;
  }

  private void take(ToolAnswer answer) {
    account = answer.outcome() == Outcome.OK ? answer.result() : null;
  }

  private @Nullable String number() {
    return Caller.of(call.started().from()).number();
  }

  /// What is known as this turn begins; one that a predecessor wrote knows no more than it did
  /// then.
  Conversation.Facts facts(int turn) {
    boolean isUnknown = account == null || own.isWithout(turn, GREETING, 0);
    return new Conversation.Facts(number(), isUnknown ? null : account, call.started().at());
  }

  @Nullable JsonNode account() {
    return account;
  }
}
