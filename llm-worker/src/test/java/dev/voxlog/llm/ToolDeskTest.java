package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.OwnAccount;
import dev.voxlog.agent.OwnAccount.Policy;
import dev.voxlog.agent.Tool;
import dev.voxlog.llm.knowledge.KnowledgeLibrary;
import dev.voxlog.llm.knowledge.WordEmbedder;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The desk of a successor, by what it finds in the log.
class ToolDeskTest {
  private static final Tool BOOK = CallLab.ACME.agent().tool("createCallback").orElseThrow();

  private final ScriptedTools tools = new ScriptedTools();
  private final RecordingEffects effects = new RecordingEffects();
  private final OwnLog own = new OwnLog();
  private final ToolDesk desk =
      new ToolDesk(
          new Call(CallLab.CALLER),
          effects,
          new LlmWorker.Surroundings(
              LlmConfig.DEFAULT,
              new KnowledgeLibrary(new WordEmbedder(), Runnable::run),
              tools,
              null,
              new Briefings()),
          own,
          List.of());

  private static ObjectNode arguments(String phone) {
    return JsonNodeFactory.instance.objectNode().put("phone", phone);
  }

  private void isInTheLog(int turn, String phone) {
    own.note(
        new ToolRequested(
            CallLab.ID, effects.now(), turn, 0, BOOK.name(), arguments(phone).toString()));
  }

  @Test
  void aResultThatWasWrittenBeforeTheAnswerIsUsedWithoutACall() {
    isInTheLog(3, "+15550142");
    own.note(
        new ToolDone(
            CallLab.ID, effects.now(), 3, 0, BOOK.name(), Outcome.OK, "{\"id\":\"c7\"}", 12));

    assertThat(desk.ask(3, 2, List.of(), BOOK, arguments("+15550142")))
        .isInstanceOfSatisfying(
            ToolDesk.Ready.class,
            ready ->
                assertThat(Objects.requireNonNull(ready.answer().result()).get("id").asText())
                    .isEqualTo("c7"));
    assertThat(tools.made).isEmpty();
    assertThat(effects.emitted).isEmpty();
  }

  @Test
  void aRequestOfAnotherTurnOrWithOtherArgumentsIsNotTakenForThisOne() {
    isInTheLog(3, "+15550142");

    desk.ask(4, 3, List.of(), BOOK, arguments("+15550142"));
    desk.ask(3, 2, List.of(), BOOK, arguments("+15550199"));

    assertThat(effects.emitted)
        .extracting(each -> ((ToolRequested) each).idempotencyKey())
        .containsExactly("CA1/4/0", "CA1/3/1");
  }

  @Test
  void anArgumentThatIsTheCallersOwnIsSetByTheDesk() {
    OwnAccount own = new OwnAccount(List.of("phone"), List.of(), Policy.WITHHOLD, Policy.WITHHOLD);
    Tool bound =
        new Tool(
            BOOK.name(),
            BOOK.description(),
            BOOK.http(),
            BOOK.parameters(),
            BOOK.result(),
            own,
            BOOK.isRepeatSafe(),
            null,
            null,
            BOOK.fillerAfter());

    desk.ask(3, 2, List.of(), bound, arguments("+15550177"));

    assertThat(effects.emitted)
        .singleElement()
        .satisfies(each ->
            assertThat(((ToolRequested) each).arguments()).isEqualTo("{\"phone\":\"+15550142\"}"));
  }

  /// A checkpoint may be read by a version that knows no withholding.
  @Test
  void whatWasWithheldIsKeptAsNotFound() {
    isInTheLog(3, "+15550142");
    own.note(
        new ToolDone(CallLab.ID, effects.now(), 3, 0, BOOK.name(), Outcome.WITHHELD, null, 12));

    assertThat(desk.ask(3, 2, List.of(), BOOK, arguments("+15550142")))
        .isEqualTo(new ToolDesk.Ready(ToolAnswer.of(Outcome.WITHHELD)));
    assertThat(desk.kept()).extracting(ToolDesk.Kept::outcome).containsExactly(Outcome.NOT_FOUND);
  }

  @Test
  void argumentsThatBreakTheSchemaAreRefusedWithoutARequestAndWithoutTheirValues() {
    assertThat(desk.ask(3, 2, List.of(), BOOK, arguments("call me maybe")))
        .isInstanceOfSatisfying(
            ToolDesk.Ready.class,
            ready -> assertThat(ready.answer().outcome()).isEqualTo(Outcome.REFUSED));
    assertThat(effects.emitted).isEmpty();
    assertThat(effects.errors)
        .singleElement()
        .asString()
        .contains("createCallback")
        .doesNotContain("maybe");
  }
}
