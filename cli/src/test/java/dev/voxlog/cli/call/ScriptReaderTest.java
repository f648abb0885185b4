package dev.voxlog.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptReaderTest {
  @TempDir private Path folder;

  private Script read(String yaml) throws IOException {
    return ScriptReader.read(Files.writeString(folder.resolve("talk.yaml"), yaml));
  }

  @Test
  void aConversationIsReadWithItsExpectations() throws IOException {
    Script script =
        read(
            """
            speaker: 300
            orders: 7
            replies: {yes: Yes., no: No.}
            utterances:
              - {file: a, say: Hello there, intent: [unsure, help]}
              - {file: b, say: Order 12345, again: one two, intent: order_status, tool: getOrder, arguments: {id: "01234"}, answer: shipped}
            """);

    assertThat(script.speaker()).isEqualTo(300);
    assertThat(script.orders()).isEqualTo(7);
    assertThat(script.noise()).isEqualTo(20);
    assertThat(script.replies()).containsEntry("yes", "Yes.").containsEntry("no", "No.");
    assertThat(script.line("b"))
        .contains(
            new Script.Line(
                "b",
                "Order 12345",
                "one two",
                new Expectation(
                    List.of("order_status"), "getOrder", Map.of("id", "01234"), "shipped"),
                null));
    assertThat(script.line("c")).isEmpty();
  }

  @Test
  void anInterruptionGetsItsQuestionsWordsAndAFileName() throws IOException {
    Script script =
        read(
            "questions: {q: What now?}\ninterruptions:\n  - {question: q, interrupt: jfk, after: 1500ms, ends: false}\n");

    assertThat(script.lines())
        .containsExactly(
            new Script.Line(
                "01-q-jfk",
                "What now?",
                null,
                null,
                new Script.Interruption("jfk", Duration.ofMillis(1500), false)));
  }

  @Test
  void whatIsWrongIsNamedWithItsKey() {
    refuses("utterances: 5", "utterances must be a list");
    refuses("speakr: 5", "speakr is not known");
    refuses("speaker: five\nutterances: [{file: a, say: b}]", "speaker must be a number");
    refuses("utterances: []", "utterances must list what is said");
    refuses("utterances: [{file: a}]", "utterances[0].say is missing");
    refuses(
        "utterances: [{file: a, say: b, answer: '('}]",
        "utterances[0].answer is no regular expression");
    refuses(
        "interruptions: [{question: q, interrupt: x, after: 1s}]",
        "interruptions[0].question 'q' is not among questions");
    refuses(
        "questions: {q: w}\ninterruptions: [{question: q, interrupt: x, after: soon}]",
        "interruptions[0].after must be a duration");
    refuses("a: [", "talk.yaml");
  }

  private void refuses(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertThatThrownBy(() -> ScriptReader.read(folder.resolve("none.yaml")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot be read");
  }
}
