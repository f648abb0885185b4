package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A sound agent file for tests to break.
final class ShopFile {
  static final String SOUND =
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

  private ShopFile() {}

  /// The sound file with the first `from` replaced.
  static String with(String from, String to) {
    assertThat(SOUND).contains(from);
    return SOUND.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
  }

  static List<Problem> problems(String yaml) {
    return refusal(yaml).problems();
  }

  static AgentFileException refusal(String yaml) {
    AgentFileException refused =
        catchThrowableOfType(AgentFileException.class, () -> AgentFile.parse(yaml, "shop.yaml"));
    assertThat(refused).as("the file is refused").isNotNull();
    return refused;
  }

  static void assertTold(String yaml, Problem expected) {
    assertThat(problems(yaml))
        .anySatisfy(problem -> {
          assertThat(problem.key()).isEqualTo(expected.key());
          assertThat(problem.line()).isEqualTo(expected.line());
          assertThat(problem.reason()).contains(expected.reason());
          assertThat(problem.fix()).contains(expected.fix());
        });
  }
}
