package dev.voxlog.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The agent that is called: two flows whose answers follow from what was said, one of them by way
/// of a tool. Knows what it will answer.
final class ChaosAgent {
  /// The variable of the tool's address.
  static final String TOOL_VARIABLE = "CHAOS_TOOL";

  static final int NUMBER_LENGTH = 5;

  static final List<String> GREETING =
      List.of("Good day.", "I'm an automated assistant.", "What can I do?");

  private static final int GATES = 100_000;

  /// Odd and no multiple of 5, so that no two numbers have one gate.
  private static final long GATE_FACTOR = 48_271;

  private ChaosAgent() {}

  /// Writes the agent file; gives its place.
  static Path writeTo(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve("chaos-agent.yaml"), YAML);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A line that makes the agent ask its tool.
  static CallerLine order(int tone, int millis, String number) {
    return new CallerLine(
        tone,
        millis,
        "where is my order " + spelled(number),
        List.of(
            "I found order " + spelled(number) + ".",
            "It waits at gate " + spelled(gate(number)) + "."),
        number);
  }

  /// A line that it answers by itself.
  static CallerLine note(int tone, int millis, String number) {
    return new CallerLine(
        tone,
        millis,
        "please write down " + spelled(number),
        List.of(
            "I wrote down " + spelled(number) + ".", "So " + spelled(number) + " is safe with me."),
        null);
  }

  /// What the tool answers for a number: without it nobody can know.
  static String gate(String number) {
    return Long.toString(GATES + Long.parseLong(number) * GATE_FACTOR % GATES).substring(1);
  }

  private static String spelled(String number) {
    return String.join(" ", number.split(""));
  }

  private static final String YAML =
      """
      name: chaos
      persona: You answer calls while everything around you is being killed.
      languages: [en-US]

      greeting:
        hello: Good day.
        disclosure: I'm an automated assistant.
        question: What can I do?
        uninterruptible: true

      silence:
        repromptAfter: 2m
        reprompts: 1
        goodbyeAfter: 60s

      limits:
        maxCallDuration: 1h
        maxTurns: 1000

      intents:
        - name: order
          flow: order
          examples:
            - where is my order
            - where is my order 1 2 3 4 5
        - name: note
          flow: note
          examples:
            - please write down
            - please write down 1 2 3 4 5

      flows:
        - name: order
          slots:
            - name: orderId
              type: orderId
              length: 5
              ask: Which order?
              confirm: never
          call:
            tool: findOrder
            arguments:
              id: "{orderId}"
          say:
            - text: I found order {orderId|digits}. It waits at gate {result.gate|digits}.
          followUp: false
        - name: note
          slots:
            - name: noteId
              type: orderId
              length: 5
              ask: Which number?
              confirm: never
          say:
            - text: I wrote down {noteId|digits}. So {noteId|digits} is safe with me.
          followUp: false

      tools:
        - name: findOrder
          description: Finds an order.
          http:
            method: POST
            url: ${CHAOS_TOOL:-http://127.0.0.1:1}/orders
            timeout: 5s
          parameters:
            type: object
            properties:
              id: {type: string, description: The order's number}
            required: [id]
            additionalProperties: false
          result:
            type: object
            properties:
              gate: {type: string}
            required: [gate]
          repeatSafe: true
          # Nothing but what follows from the lines is to be heard.
          fillerAfter: 10m
      """;
}
