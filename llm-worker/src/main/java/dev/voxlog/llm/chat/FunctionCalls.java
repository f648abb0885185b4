package dev.voxlog.llm.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.llm.chat.ChatException.Kind;
import dev.voxlog.llm.chat.ChatStream.FunctionCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The function calls of one answer, put together from fragments that name their call by `index`.
///
/// Servers differ: the index may be missing or the same for all calls, a call may come whole, its
/// id once, with every fragment, as another one each time, or never.
final class FunctionCalls {
  private static final int MOST_CALLS = 64;
  private static final int MOST_CHARACTERS = 64 * 1024;

  private final List<Call> calls = new ArrayList<>();
  private int length;

  private static final class Call {
    private final int index;
    private final String id;
    private String function = "";
    private final StringBuilder arguments = new StringBuilder();

    private Call(int index, String id) {
      this.index = index;
      this.id = id;
    }
  }

  /// Takes the fragments of one chunk in.
  ///
  /// @throws ChatException if it is more than any call needs
  void add(JsonNode fragments) {
    for (JsonNode fragment : fragments) {
      JsonNode function = fragment.path("function");
      String name = function.path("name").asText("");
      JsonNode arguments = function.path("arguments");
      String written = arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
      Call call = call(fragment.path("index").asInt(-1), fragment.path("id").asText(""), name);
      if (call.function.isEmpty()) {
        call.function = name;
      }
      call.arguments.append(written);
      length += written.length() + name.length();
    }
    if (length > MOST_CHARACTERS || calls.size() > MOST_CALLS) {
      throw new ChatException(Kind.BROKEN, "the answer calls functions with over 64 KiB");
    }
  }

  private Call call(int index, String id, String name) {
    Call known =
        index >= 0
            ? newest(call -> call.index == index)
            : newest(call -> !id.isEmpty() && call.id.equals(id));
    if (known == null && index < 0) {
      known = newest(_ -> true);
    }
    if (known != null && (name.isEmpty() || isSame(known, index, id))) {
      return known;
    }
    Call begun = new Call(index, id);
    calls.add(begun);
    return begun;
  }

  /// Whether a fragment that has a name repeats the one of a call that has begun.
  private static boolean isSame(Call known, int index, String id) {
    return id.isEmpty() ? index >= 0 : id.equals(known.id);
  }

  private @Nullable Call newest(Predicate<Call> wanted) {
    return calls.reversed().stream().filter(wanted).findFirst().orElse(null);
  }

  /// All calls, in the order in which they began; afterwards there are none.
  ///
  /// @throws ChatException if one names no function
  List<FunctionCall> take() {
    List<FunctionCall> whole = new ArrayList<>();
    for (Call call : calls) {
      if (call.function.isEmpty()) {
        throw new ChatException(Kind.BROKEN, "the answer calls a function without a name");
      }
      String id = call.id.isEmpty() ? "call_" + whole.size() : call.id;
      whole.add(new FunctionCall(id, call.function, call.arguments.toString()));
    }
    calls.clear();
    return whole;
  }
}
