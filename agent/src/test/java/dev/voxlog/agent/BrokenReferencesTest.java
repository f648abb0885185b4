package dev.voxlog.agent;

import static dev.voxlog.agent.ShopFile.assertTold;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way for intents, flows and tools not to fit together, against what the file's author is
/// told.
class BrokenReferencesTest {
  static Stream<Arguments> edits() {
    return Stream.of(
        arguments(
            "    flow: status",
            "    flow: statsu",
            15,
            "intents[0].flow",
            "no flow is named statsu",
            "did you mean status?"),
        arguments(
            "    flow: status\n",
            "",
            14,
            "intents[0].flow",
            "leads nowhere",
            "exactly one of flow, action, say"),
        arguments(
            "    flow: status",
            "    flow: status\n    action: repeat",
            16,
            "intents[0].action",
            "leads to several things",
            "exactly one"),
        arguments(
            "[where is it, has it shipped]",
            "[where is it]",
            16,
            "intents[0].examples",
            "1 example(s)",
            "add examples"),
        arguments(
            "[a person please,",
            "[Where is it?,",
            19,
            "intents[1].examples[0]",
            "is an example of the intent status already",
            "keep it in one place"),
        arguments(
            "- name: person",
            "- name: status",
            17,
            "intents[1].name",
            "status is the name of another intent",
            "a name of its own"),
        arguments(
            "- name: person",
            "- name: unsure",
            17,
            "intents[1].name",
            "without a sure intent",
            "out_of_scope"),
        arguments(
            "action: transfer",
            "action: tranfer",
            18,
            "intents[1].action",
            "tranfer is no choice here",
            "did you mean transfer?"),
        arguments(
            "action: transfer",
            "action: answer",
            18,
            "intents[1].action",
            "answers from knowledge, but there is none",
            "add knowledge:"),
        arguments(
            "transfer:\n  number: \"+15550100\"\n",
            "",
            18,
            "intents[1].action",
            "hands over to a person, but none is named",
            "add transfer:"),
        arguments(
            "type: orderId",
            "type: orderNumber",
            24,
            "flows[0].slots[0].type",
            "orderNumber is no choice",
            "there is amount, code"),
        arguments(
            "length: 5",
            "length: five",
            25,
            "flows[0].slots[0].length",
            "five is no length",
            "write length: 5"),
        arguments(
            "length: 5",
            "length: 6-4",
            25,
            "flows[0].slots[0].length",
            "6-4 must be from 1 to 64",
            "length: 4-6"),
        arguments(
            "        ask: Which order?\n",
            "",
            23,
            "flows[0].slots[0].ask",
            "leaves the slot without a question",
            "add ask:"),
        arguments(
            "type: orderId",
            "type: text",
            27,
            "flows[0].slots[0].keypad",
            "cannot type this kind",
            "remove keypad"),
        arguments(
            "tool: getOrder",
            "tool: getOrdr",
            29,
            "flows[0].call.tool",
            "no tool is named getOrdr",
            "did you mean getOrder?"),
        arguments(
            "{id: \"{orderId}\"}",
            "{id: \"{order}\"}",
            30,
            "flows[0].call.arguments.id",
            "{order} is no slot",
            "there is caller, orderId"),
        arguments(
            "{id: \"{orderId}\"}",
            "{ids: \"{orderId}\"}",
            30,
            "flows[0].call.arguments.ids",
            "getOrder has no parameter ids",
            "did you mean id?"),
        arguments(
            "    slot: orderId",
            "    slot: orderid",
            32,
            "flows[0].onNotFound.slot",
            "the flow has no slot orderid",
            "did you mean orderId?"),
        arguments(
            "result.status: shipped",
            "result.statsu: shipped",
            37,
            "flows[0].say[0].when",
            "has no field statsu",
            "did you mean status?"),
        arguments(
            "      - text: It is",
            "      - when: {result.status: \"*\"}\n        text: It is",
            36,
            "flows[0].say",
            "has a condition",
            "end with a line that has only text"),
        arguments(
            "offer: person",
            "offer: persona",
            41,
            "flows[0].onFailure.offer",
            "no intent is named persona",
            "did you mean person?"),
        arguments(
            "${SHOP:-http://127.0.0.1:1}/orders",
            "ftp://shop/orders",
            45,
            "tools[0].http.url",
            "is no http address",
            "begin with http://"),
        arguments(
            "/orders/{id}",
            "/orders/{key}",
            45,
            "tools[0].http.url",
            "{key} is no parameter",
            "there is id"),
        arguments(
            "${SHOP:-http://127.0.0.1:1}",
            "http://${SHOP-x}",
            45,
            "tools[0].http.url",
            "has a broken ${…}",
            "${NAME:-default}"),
        arguments(
            "timeout: 2s",
            "timeout: 2h",
            46,
            "tools[0].http.timeout",
            "2h must be from 100ms to 60s",
            "write timeout: 5s"),
        arguments(
            "{id: {type: string}}",
            "{id: {type: strin}}",
            47,
            "tools[0].parameters",
            "is no JSON schema",
            "draft 2020-12"),
        arguments(
            "number: \"+15550100\"",
            "number: 5550100",
            50,
            "transfer.number",
            "is no phone number",
            "plus and country code"),
        arguments(
            "\"0\": person", "\"10\": person", 52, "dtmf.10", "is no key of a phone", "0 to 9"),
        arguments(
            "\"0\": person",
            "\"0\": human",
            52,
            "dtmf.0",
            "no intent is named human",
            "there is person, status"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("edits")
  void whatDoesNotFitTogetherIsRefusedWithLineKeyReasonAndFix(
      String from, String to, int line, String key, String reason, String fix) {
    assertTold(ShopFile.with(from, to), new Problem(line, 0, key, reason, fix));
  }
}
