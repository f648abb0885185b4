package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way to break a file, against the line, key, reason and fix its author is told.
class BrokenFilesTest {
  private static final String SOUND =
      """
      name: shop
      greeting:
        hello: Hello.
        disclosure: I'm a machine.
      voice: {engine: mary, pace: 1.1}
      endpointing:
        min: 300ms
        max: 900ms
      interruption:
        minInterruptionWords: 2
      prompts:
        readBack: I have {value}.
      intents:
        - name: status
          flow: status
          examples: [where is it, has it shipped]
        - name: person
          action: transfer
          examples: [a person please, let me talk to someone]
      flows:
        - name: status
          slots:
            - name: orderId
              type: orderId
              length: 5
              ask: Which order?
              keypad: Type it.
          call:
            tool: getOrder
            arguments: {id: "{orderId}"}
          onNotFound:
            slot: orderId
            readBack: No {orderId}?
            again: Again?
            unknown: No such order.
          say:
            - when: {result.status: shipped}
              text: It has shipped.
            - text: It is {result.status}.
          onFailure:
            offer: person
      tools:
        - name: getOrder
          http:
            url: ${SHOP:-http://127.0.0.1:1}/orders/{id}
            timeout: 2s
          parameters: {type: object, properties: {id: {type: string}}, required: [id]}
          result: {type: object, properties: {status: {type: string}}}
      transfer:
        number: "+15550100"
      dtmf:
        "0": person
      """;

  static Stream<Arguments> edits() {
    return Stream.of(
        arguments("name: shop", "nmae: shop", 1, "nmae", "is no key here", "did you mean name?"),
        arguments("name: shop\n", "", 1, "name", "is missing", "add name: acme"),
        arguments("name: shop", "name: my shop", 1, "name", "is no name", "use a letter"),
        arguments("name: shop", "name: [shop]", 1, "name", "is a list where one value is wanted", "on the same line"),
        arguments("name: shop", "name:", 1, "name", "is empty", "write a value"),
        arguments("  disclosure: I'm a machine.\n", "", 2, "greeting.disclosure", "does not tell callers", "write disclosure"),
        arguments("engine: mary", "engine: marry", 5, "voice.engine", "marry is no choice here", "did you mean mary?"),
        arguments("pace: 1.1", "pace: 9", 5, "voice.pace", "9.0 must be from 0.5 to 2", "write pace: 1.0"),
        arguments("pace: 1.1", "pace: fast", 5, "voice.pace", "fast is not a number", "write pace: 1.0"),
        arguments("  min: 300ms", "  min: 300", 7, "endpointing.min", "300 is not a duration", "write min: 300ms"),
        arguments("  max: 900ms", "  max: 200ms", 8, "endpointing.max", "must not be less than min (300ms)", "write max: 900ms"),
        arguments("  max: 900ms", "  max: 900ms\n  max: 800ms", 9, "endpointing.max", "is written twice", "keep one"),
        arguments("minInterruptionWords", "minInteruptionWords", 10, "interruption.minInteruptionWords", "is no key here", "did you mean minInterruptionWords?"),
        arguments("minInterruptionWords: 2", "minInterruptionWords: two", 10, "interruption.minInterruptionWords", "two is not a whole number", "write minInterruptionWords: 0"),
        arguments("I have {value}.", "I have {number}.", 12, "prompts.readBack", "{number} has no value", "only {value} is known here"),
        arguments("I have {value}.", "I have {value", 12, "prompts.readBack", "has no '}'", "write {name}"),
        arguments("I have {value}.", "I have {value|loud}.", 12, "prompts.readBack", "|loud is no format", "write {name}"),
        arguments("    flow: status", "    flow: statsu", 15, "intents[0].flow", "no flow is named statsu", "did you mean status?"),
        arguments("    flow: status\n", "", 14, "intents[0].flow", "leads nowhere", "exactly one of flow, action, say"),
        arguments("    flow: status", "    flow: status\n    action: repeat", 16, "intents[0].action", "leads to several things", "exactly one"),
        arguments("[where is it, has it shipped]", "[where is it]", 16, "intents[0].examples", "1 example(s)", "add examples"),
        arguments("[a person please,", "[Where is it?,", 19, "intents[1].examples[0]", "is an example of the intent status already", "keep it in one place"),
        arguments("- name: person", "- name: status", 17, "intents[1].name", "status is the name of another intent", "a name of its own"),
        arguments("- name: person", "- name: unsure", 17, "intents[1].name", "without a sure intent", "out_of_scope"),
        arguments("action: transfer", "action: tranfer", 18, "intents[1].action", "tranfer is no choice here", "did you mean transfer?"),
        arguments("action: transfer", "action: answer", 18, "intents[1].action", "answers from knowledge, but there is none", "add knowledge:"),
        arguments("transfer:\n  number: \"+15550100\"\n", "", 18, "intents[1].action", "hands over to a person, but none is named", "add transfer:"),
        arguments("type: orderId", "type: orderNumber", 24, "flows[0].slots[0].type", "orderNumber is no choice", "there is amount, code"),
        arguments("length: 5", "length: five", 25, "flows[0].slots[0].length", "five is no length", "write length: 5"),
        arguments("length: 5", "length: 6-4", 25, "flows[0].slots[0].length", "6-4 must be from 1 to 64", "length: 4-6"),
        arguments("        ask: Which order?\n", "", 23, "flows[0].slots[0].ask", "leaves the slot without a question", "add ask:"),
        arguments("type: orderId", "type: text", 27, "flows[0].slots[0].keypad", "cannot type this kind", "remove keypad"),
        arguments("tool: getOrder", "tool: getOrdr", 29, "flows[0].call.tool", "no tool is named getOrdr", "did you mean getOrder?"),
        arguments("{id: \"{orderId}\"}", "{id: \"{order}\"}", 30, "flows[0].call.arguments.id", "{order} is no slot", "there is caller, orderId"),
        arguments("{id: \"{orderId}\"}", "{ids: \"{orderId}\"}", 30, "flows[0].call.arguments.ids", "getOrder has no parameter ids", "did you mean id?"),
        arguments("    slot: orderId", "    slot: orderid", 32, "flows[0].onNotFound.slot", "the flow has no slot orderid", "did you mean orderId?"),
        arguments("result.status: shipped", "result.statsu: shipped", 37, "flows[0].say[0].when", "has no field statsu", "did you mean status?"),
        arguments("      - text: It is", "      - when: {result.status: \"*\"}\n        text: It is", 36, "flows[0].say", "has a condition", "end with a line that has only text"),
        arguments("offer: person", "offer: persona", 41, "flows[0].onFailure.offer", "no intent is named persona", "did you mean person?"),
        arguments("${SHOP:-http://127.0.0.1:1}/orders", "ftp://shop/orders", 45, "tools[0].http.url", "is no http address", "begin with http://"),
        arguments("/orders/{id}", "/orders/{key}", 45, "tools[0].http.url", "{key} is no parameter", "there is id"),
        arguments("${SHOP:-http://127.0.0.1:1}", "http://${SHOP-x}", 45, "tools[0].http.url", "has a broken ${…}", "${NAME:-default}"),
        arguments("timeout: 2s", "timeout: 2h", 46, "tools[0].http.timeout", "2h must be from 100ms to 60s", "write timeout: 5s"),
        arguments("{id: {type: string}}", "{id: {type: strin}}", 47, "tools[0].parameters", "is no JSON schema", "draft 2020-12"),
        arguments("number: \"+15550100\"", "number: 5550100", 50, "transfer.number", "is no phone number", "plus and country code"),
        arguments("\"0\": person", "\"10\": person", 52, "dtmf.10", "is no key of a phone", "0 to 9"),
        arguments("\"0\": person", "\"0\": human", 52, "dtmf.0", "no intent is named human", "there is person, status"),
        arguments("  hello: Hello.", "\thello: Hello.", 3, "", "is no YAML", "spaces only"),
        arguments("hello: Hello.", "hello: Hello: there", 3, "", "is no YAML", "needs quotes"),
        arguments("tools:\n  - name: getOrder", "tools:\n    name: getOrder", 42, "tools", "is a map where a list is wanted", "with a dash"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("edits")
  void aBrokenFileIsRefusedWithLineKeyReasonAndFix(String from, String to, int line, String key, String reason, String fix) {
    assertThat(SOUND).contains(from);

    List<Problem> problems = problems(SOUND.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));

    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.reason()).contains(reason);
              assertThat(problem.fix()).contains(fix);
              assertThat(problem.key()).isEqualTo(key);
              assertThat(problem.line()).isEqualTo(line);
            });
  }

  @Test
  void theFileThatTheseEditsBreakIsSound() {
    assertThat(AgentFile.parse(SOUND, "shop.yaml").agent().flows()).hasSize(1);
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfLines() {
    String broken = SOUND.replace("pace: 1.1", "pace: 9").replace("min: 300ms", "min: soon").replace("offer: person", "offer: nobody");

    AgentFileException refused = refusal(broken);

    assertThat(refused.problems()).extracting(Problem::line).containsExactly(5, 7, 41);
    assertThat(refused)
        .hasMessageStartingWith("shop.yaml has 3 problems:\n  line 5, voice.pace: 9.0 must be from 0.5 to 2. Fix: write pace: 1.0 for the usual pace.")
        .hasMessageContaining("line 41, flows[0].onFailure.offer: no intent is named nobody. Fix: there is person, status.");
  }

  @Test
  void aBrokenFlowIsNotToldAsAMissingOne() {
    List<Problem> problems = problems(SOUND.replace("length: 5", "length: 0"));

    assertThat(problems).extracting(Problem::key).containsExactly("flows[0].slots[0].length");
  }

  @Test
  void anEmptyFileAndOneOfAnotherKindAreRefused() {
    assertThat(problems("")).extracting(Problem::reason).containsExactly("is empty");
    assertThat(problems("- a\n- b\n")).extracting(Problem::reason).containsExactly("is a list where keys with values are wanted");
  }

  @Test
  void aFileThatRepeatsItselfWithoutEndIsRefused() {
    String endless = SOUND.replace("parameters: {type", "parameters: &all {again: *all, type");

    assertThat(problems(endless)).extracting(Problem::line).contains(47);
  }

  private static List<Problem> problems(String yaml) {
    return refusal(yaml).problems();
  }

  private static AgentFileException refusal(String yaml) {
    AgentFileException refused = catchThrowableOfType(AgentFileException.class, () -> AgentFile.parse(yaml, "shop.yaml"));
    assertThat(refused).as("the file is refused").isNotNull();
    return refused;
  }
}
