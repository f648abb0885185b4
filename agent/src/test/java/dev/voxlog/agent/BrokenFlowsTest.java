package dev.voxlog.agent;

import static dev.voxlog.agent.ShopFile.problems;
import static dev.voxlog.agent.ShopFile.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files whose start, conditions, appointments, limits or refusals do not hold together.
class BrokenFlowsTest {
  private static final String START =
      """
      name: shop
      timeZone: America/New_York
      start:
        tool: getOrder
        as: account
        arguments: {id: "{caller}"}
        say: Hello {account.status}.
        told: [status]
      """;
  private static final String APPOINTMENT =
      """
          appointment:
            day: day
            time: time
            hours: {daily: 08:00-22:00}
            past: It has passed.
            closed: We are closed.
            ask: When?
          slots:
            - {name: day, type: date, optional: true}
            - {name: time, type: time, optional: true}
      """;

  private static String whole() {
    String file = with("name: shop\n", START);
    return file.replaceFirst("    slots:\n", APPOINTMENT);
  }

  @Test
  void aFileWithAllOfThemIsSound() {
    Agent agent = AgentFile.parse(whole(), "shop.yaml").agent();

    assertThat(agent.start()).isNotNull();
    assertThat(agent.timeZone()).hasToString("America/New_York");
    assertThat(agent.flow("status").orElseThrow().appointment()).isNotNull();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments("timeZone: America/New_York", "timeZone: Newyork", "is no time zone"),
        arguments("timeZone: America/New_York\n", "", "is reckoned in no time zone"),
        arguments(
            "start:\n  tool: getOrder", "start:\n  tool: getOrdr", "no tool is named getOrdr"),
        arguments(
            "arguments: {id: \"{caller}\"}", "arguments: {}", "requires id, which is not given"),
        arguments(
            "id: \"{caller}\"", "id: \"{orderId}\"", "{orderId} has no value when a call begins"),
        arguments(
            "Hello {account.status}", "Hello {name}", "{name} has no value when a call begins"),
        arguments("told: [status]", "told: [stats]", "has no field stats"),
        arguments("as: account", "as: result", "is no name that is free"),
        arguments("    url:", "    method: POST\n      url:", "nobody asked for it"),
        arguments("08:00-22:00", "22:00-08:00", "must begin before it ends"),
        arguments("08:00-22:00", "eight", "is no span of a day"),
        arguments("{daily:", "{always:", "is no day"),
        arguments("type: time,", "type: text,", "no optional slot time of the type time"),
        arguments("Which order?", "Which order, {account.stats}?", "has no field stats"),
        arguments("length: 5", "length: 5\n        atMost: 5", "limits what is no amount"),
        arguments(
            "length: 5",
            "length: 5\n        all: {is: \"{caller}\"}",
            "stands for all of what is no amount"),
        arguments("length: 5", "length: 5\n        all: {when: {}}", "is missing"),
        arguments(
            "    onFailure:",
            "    onRefused: [{when: {result.reason: late}, say: No., again: oderId}]\n    onFailure:",
            "the flow has no slot oderId"),
        arguments(
            "    onFailure:", "    otherwise: {say: No.}\n    onFailure:", "follows no condition"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatIsWrongIsTold(String from, String to, String reason) {
    assertThat(whole()).contains(from);
    String file = whole();
    int at = file.indexOf(from);
    String changed = file.substring(0, at) + to + file.substring(at + from.length());

    assertThat(problems(changed))
        .anySatisfy(problem -> assertThat(problem.reason() + " " + problem.key()).contains(reason));
  }
}
