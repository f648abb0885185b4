package dev.voxlog.agent;

import static dev.voxlog.agent.ShopFile.assertTold;
import static dev.voxlog.agent.ShopFile.problems;
import static dev.voxlog.agent.ShopFile.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way to break a file's form, against the line, key, reason and fix its author is told.
class BrokenFilesTest {
  static Stream<Arguments> edits() {
    return Stream.of(
        arguments("name: shop", "nmae: shop", 1, "nmae", "is no key here", "did you mean name?"),
        arguments("name: shop\n", "", 1, "name", "is missing", "add name: acme"),
        arguments("name: shop", "name: my shop", 1, "name", "is no name", "use a letter"),
        arguments(
            "name: shop",
            "name: [shop]",
            1,
            "name",
            "is a list where one value is wanted",
            "on the same line"),
        arguments("name: shop", "name:", 1, "name", "is empty", "write a value"),
        arguments(
            "  disclosure: I'm a machine.\n",
            "",
            2,
            "greeting.disclosure",
            "does not tell callers",
            "write disclosure"),
        arguments(
            "engine: mary",
            "engine: marry",
            5,
            "voice.engine",
            "marry is no choice here",
            "did you mean mary?"),
        arguments(
            "pace: 1.1",
            "pace: 9",
            5,
            "voice.pace",
            "9.0 must be from 0.5 to 2",
            "write pace: 1.0"),
        arguments(
            "pace: 1.1", "pace: fast", 5, "voice.pace", "fast is not a number", "write pace: 1.0"),
        arguments(
            "  min: 300ms",
            "  min: 300",
            7,
            "endpointing.min",
            "300 is not a duration",
            "write min: 300ms"),
        arguments(
            "  max: 900ms",
            "  max: 200ms",
            8,
            "endpointing.max",
            "must not be less than min (300ms)",
            "write max: 900ms"),
        arguments(
            "  max: 900ms",
            "  max: 900ms\n  max: 800ms",
            9,
            "endpointing.max",
            "is written twice",
            "keep one"),
        arguments(
            "minInterruptionWords",
            "minInteruptionWords",
            10,
            "interruption.minInteruptionWords",
            "is no key here",
            "did you mean minInterruptionWords?"),
        arguments(
            "minInterruptionWords: 2",
            "minInterruptionWords: two",
            10,
            "interruption.minInterruptionWords",
            "two is not a whole number",
            "write minInterruptionWords: 0"),
        arguments(
            "I have {value}.",
            "I have {number}.",
            12,
            "prompts.readBack",
            "{number} has no value",
            "only {value} is known here"),
        arguments(
            "I have {value}.",
            "I have {value",
            12,
            "prompts.readBack",
            "has no '}'",
            "write {name}"),
        arguments(
            "I have {value}.",
            "I have {value|loud}.",
            12,
            "prompts.readBack",
            "|loud is no format",
            "write {name}"),
        arguments("  hello: Hello.", "\thello: Hello.", 3, "", "is no YAML", "spaces only"),
        arguments("hello: Hello.", "hello: Hello: there", 3, "", "is no YAML", "needs quotes"),
        arguments(
            "tools:\n  - name: getOrder",
            "tools:\n    name: getOrder",
            42,
            "tools",
            "is a map where a list is wanted",
            "with a dash"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("edits")
  void aBrokenFileIsRefusedWithLineKeyReasonAndFix(
      String from, String to, int line, String key, String reason, String fix) {
    assertTold(ShopFile.with(from, to), new Problem(line, 0, key, reason, fix));
  }

  @Test
  void theFileThatTheseEditsBreakIsSound() {
    assertThat(AgentFile.parse(ShopFile.SOUND, "shop.yaml").agent().flows()).hasSize(1);
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfLines() {
    String broken =
        ShopFile.SOUND
            .replace("pace: 1.1", "pace: 9")
            .replace("min: 300ms", "min: soon")
            .replace("offer: person", "offer: nobody");

    AgentFileException refused = refusal(broken);

    assertThat(refused.problems()).extracting(Problem::line).containsExactly(5, 7, 41);
    assertThat(refused)
        .hasMessageStartingWith(
            "shop.yaml has 3 problems:\n  line 5, voice.pace: 9.0 must be from 0.5 to 2. Fix: write pace: 1.0 for the usual pace.")
        .hasMessageContaining(
            "line 41, flows[0].onFailure.offer: no intent is named nobody. Fix: there is person, status.");
  }

  @Test
  void aBrokenFlowIsNotToldAsAMissingOne() {
    List<Problem> problems = problems(ShopFile.SOUND.replace("length: 5", "length: 0"));

    assertThat(problems).extracting(Problem::key).containsExactly("flows[0].slots[0].length");
  }

  @Test
  void anEmptyFileAndOneOfAnotherKindAreRefused() {
    assertThat(problems("")).extracting(Problem::reason).containsExactly("is empty");
    assertThat(problems("- a\n- b\n"))
        .extracting(Problem::reason)
        .containsExactly("is a list where keys with values are wanted");
  }

  @Test
  void aFileThatRepeatsItselfWithoutEndIsRefused() {
    String endless =
        ShopFile.SOUND.replace("parameters: {type", "parameters: &all {again: *all, type");

    assertThat(problems(endless)).extracting(Problem::line).contains(47);
  }
}
