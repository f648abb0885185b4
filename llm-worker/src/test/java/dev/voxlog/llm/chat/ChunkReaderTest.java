package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Finish;
import dev.voxlog.llm.chat.ChatStream.FunctionCall;
import dev.voxlog.llm.chat.ChatStream.Piece;
import dev.voxlog.llm.chat.ChatStream.Text;
import dev.voxlog.llm.chat.ChatStream.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Chunks as OpenAI and the servers that follow it send them.
class ChunkReaderTest {
  private final List<Piece> pieces = new ArrayList<>();
  private final ChunkReader reader = new ChunkReader(pieces::add);

  /// Single quotes for double ones.
  private void read(String... chunks) {
    for (String chunk : chunks) {
      reader.read(new SseParser.Event("", chunk.replace('\'', '"')));
    }
  }

  private void delta(String delta) {
    read("{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}");
  }

  private void calls(String calls) {
    delta("{'tool_calls':[" + calls + "]}");
  }

  private void finish(String reason) {
    read("{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}");
  }

  private static FunctionCall call(String id, String function, String arguments) {
    return new FunctionCall(id, function, arguments.replace('\'', '"'));
  }

  private static End end(Finish finish) {
    return new End(finish, null);
  }

  @Test
  void textIsPassedOnAsItComesAndTheRoleIsNot() {
    delta("{'role':'assistant','content':''}");
    delta("{'content':'Hel'}");
    delta("{'content':'lo'}");

    assertThat(pieces).containsExactly(new Text("Hel"), new Text("lo"));
    assertThat(reader.tokens()).isEqualTo(2);
  }

  @Test
  void aRefusalIsSaidAndThoughtsAreNot() {
    delta("{'reasoning_content':'Hm'}");
    delta("{'reasoning':'Hm','content':null}");
    delta("{'content':'<think>Hm'}");
    delta("{'content':'</think>'}");
    delta("{'refusal':'I may not.'}");

    assertThat(pieces).containsExactly(new Text("I may not."));
    assertThat(reader.tokens()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "stop, STOP",
    "tool_calls, FUNCTION_CALLS",
    "function_call, FUNCTION_CALLS",
    "length, LENGTH",
    "content_filter, FILTERED",
    "eos, OTHER"
  })
  void theReasonToFinishIsTold(String reason, Finish finish) {
    finish(reason);
    read("[DONE]");

    assertThat(pieces).containsExactly(end(finish));
  }

  @Test
  void usageComesInAChunkOfItsOwnAndEndsTheAnswer() {
    delta("{'content':'Hi'}");
    finish("stop");
    read(
        "{'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':12,"
            + "'prompt_tokens_details':{'cached_tokens':4}}}",
        "[DONE]");

    assertThat(pieces).containsExactly(new Text("Hi"), new End(Finish.STOP, new Usage(9, 12, 4)));
  }

  @Test
  void usageThatGrowsWithEveryChunkEndsNothing() {
    read("{'choices':[{'delta':{'content':'a'}}],'usage':{'completion_tokens':1}}");
    read(
        "{'choices':[{'delta':{'content':'b'},'finish_reason':'stop'}],"
            + "'usage':{'completion_tokens':2}}");

    assertThat(pieces)
        .containsExactly(new Text("a"), new Text("b"), new End(Finish.STOP, new Usage(0, 2, 0)));
  }

  @Test
  void theFragmentsOfACallAreJoinedByTheirIndex() {
    calls("{'index':0,'id':'call_a','type':'function','function':{'name':'f','arguments':''}}");
    calls("{'index':0,'function':{'arguments':'{\\'a\\''}}");
    calls("{'index':1,'id':'call_b','function':{'name':'g','arguments':'{'}}");
    calls("{'index':0,'function':{'arguments':':1}'}},{'index':1,'function':{'arguments':'}'}}");
    assertThat(pieces).isEmpty();
    finish("tool_calls");

    assertThat(pieces).containsExactly(call("call_a", "f", "{'a':1}"), call("call_b", "g", "{}"));
    assertThat(reader.tokens()).isEqualTo(4);
  }

  @Test
  void aCallMayComeWholeInOneChunkWithTheFinish() {
    read(
        "{'choices':[{'delta':{'content':'','tool_calls':[{'id':'call_a','index':0,"
            + "'type':'function','function':{'name':'f','arguments':'{}'}}]},"
            + "'finish_reason':'tool_calls'}]}",
        "[DONE]");

    assertThat(pieces).containsExactly(call("call_a", "f", "{}"), end(Finish.FUNCTION_CALLS));
  }

  @Test
  void withoutIndexAnIdOrANameBeginsACallAndTheRestGoesOnWithTheNewest() {
    calls("{'id':'call_a','function':{'name':'f','arguments':'{'}}");
    calls("{'function':{'arguments':'}'}}");
    calls("{'id':'call_b','function':{'name':'f','arguments':'[1'}}");
    calls("{'id':'call_b','function':{'name':'f','arguments':',2]'}}");
    calls("{'function':{'name':'g','arguments':'{}'}},{'function':{'name':'g','arguments':'[]'}}");
    finish("tool_calls");

    assertThat(pieces)
        .containsExactly(
            call("call_a", "f", "{}"),
            call("call_b", "f", "[1,2]"),
            call("call_2", "g", "{}"),
            call("call_3", "g", "[]"));
  }

  @Test
  void anIdThatIsRepeatedOrMadeUpForEachFragmentBeginsNoOtherCall() {
    calls("{'index':0,'id':'call_a','function':{'name':'f','arguments':'{'}}");
    calls("{'index':0,'id':'call_a','function':{'name':'f','arguments':'}'}}");
    calls("{'index':1,'id':'call_b','function':{'name':'g','arguments':'{'}}");
    calls("{'index':1,'id':'call_c','function':{'name':null,'arguments':'}'}}");
    finish("tool_calls");

    assertThat(pieces).containsExactly(call("call_a", "f", "{}"), call("call_b", "g", "{}"));
  }

  @Test
  void wholeCallsThatAllHaveTheSameIndexAreTakenApartByTheirIds() {
    calls("{'index':0,'id':'call_a','function':{'name':'f','arguments':'{}'}}");
    calls("{'index':0,'id':'call_b','function':{'name':'f','arguments':'[]'}}");
    finish("tool_calls");

    assertThat(pieces).containsExactly(call("call_a", "f", "{}"), call("call_b", "f", "[]"));
  }

  @Test
  void argumentsMayBeAnObjectInsteadOfItsText() {
    calls("{'index':0,'id':'call_a','function':{'name':'f','arguments':{'a':1}}}");
    finish("tool_calls");

    assertThat(pieces).containsExactly(call("call_a", "f", "{'a':1}"));
  }

  @Test
  void aServerThatSaysStopAfterCallsMeansTheCalls() {
    calls("{'index':0,'id':'call_a','function':{'name':'f','arguments':'{}'}}");
    finish("stop");
    read("[DONE]");

    assertThat(pieces).last().isEqualTo(end(Finish.FUNCTION_CALLS));
  }

  @Test
  void aCallThatIsCutOffByTheLengthIsPassedOnAsItIs() {
    calls("{'index':0,'id':'call_a','function':{'name':'f','arguments':'{\\'a'}}");
    finish("length");
    read("[DONE]");

    assertThat(pieces).containsExactly(call("call_a", "f", "{'a"), end(Finish.LENGTH));
  }

  @Test
  void theWordThatAllIsDoneIsAnEndEvenWithoutAReason() {
    delta("{'content':'Hi'}");
    read("[DONE]");

    assertThat(pieces).containsExactly(new Text("Hi"), end(Finish.OTHER));
  }

  @Test
  void aFinishedAnswerIsWholeWithoutThatWordAndAnUnfinishedOneIsNot() {
    delta("{'content':'Hi'}");
    assertThat(reader.close()).isFalse();
    finish("stop");
    assertThat(reader.isOver()).isFalse();

    assertThat(reader.close()).isTrue();
    assertThat(pieces).containsExactly(new Text("Hi"), end(Finish.STOP));
  }

  @Test
  void nothingIsReadAfterTheEnd() {
    finish("stop");
    read("[DONE]", "[DONE]", "no JSON");
    delta("{'content':'Hi'}");

    assertThat(pieces).containsExactly(end(Finish.STOP));
  }

  @Test
  void whatAServerAddsIsSkipped() {
    read("", "{}", "{'choices':[]}", "{'choices':[{'index':0}],'timings':{},'error':null}");

    assertThat(pieces).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'The caller said 42','type':'server_error','code':null}}",
        "{'object':'error','message':'The caller said 42','type':'server_error','code':500}",
        "{'error':'server_error: The caller said 42'}"
      })
  void anErrorWithinTheAnswerBreaksItOffWithoutAQuotation(String error) {
    assertThatThrownBy(() -> read(error))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.kind()).isEqualTo(ChatException.Kind.BROKEN))
        .hasMessageStartingWith("the model broke off")
        .hasMessageNotContaining("42");
  }

  @Test
  void anEventOfTheTypeErrorBreaksTheAnswerOffAndItsTypeIsTold() {
    String data = "{\"type\":\"exceed_context_size_error\",\"message\":\"The caller said 42\"}";

    assertThatThrownBy(() -> reader.read(new SseParser.Event("error", data)))
        .isInstanceOf(ChatException.class)
        .hasMessage("the model broke off (exceed_context_size_error)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "[1]", "{'choices':", "\"secret\""})
  void whatIsNoObjectBreaksTheAnswerOffWithoutAQuotation(String data) {
    assertThatThrownBy(() -> read(data))
        .isInstanceOf(ChatException.class)
        .hasNoCause()
        .hasMessageNotContaining("secret");
  }

  @Test
  void argumentsWithoutEndAreGivenUp() {
    calls("{'index':0,'id':'call_a','function':{'name':'f','arguments':''}}");
    String fragment = "{'index':0,'function':{'arguments':'" + "x".repeat(1 << 14) + "'}}";

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 5; i++) {
                calls(fragment);
              }
            })
        .isInstanceOf(ChatException.class);
  }

  @Test
  void callsWithoutEndAreGivenUp() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                calls("{'index':" + i + "}");
              }
            })
        .isInstanceOf(ChatException.class);
  }

  @Test
  void aCallWithoutANameBreaksTheAnswerOff() {
    calls("{'index':0,'id':'call_a','function':{'arguments':'{}'}}");

    assertThatThrownBy(() -> finish("tool_calls")).isInstanceOf(ChatException.class);
  }
}
