package dev.voxlog.agent;

import java.util.List;
import java.util.stream.Stream;

/// The first words of a call: `hello`, then the `disclosure` that this is a machine, always spoken,
/// then the `question`.
///
/// `hello` and `question` may be empty. An uninterruptible disclosure is heard whole whatever the
/// caller says meanwhile.
public record Greeting(
    String hello, String disclosure, String question, boolean isUninterruptible) {
  public Greeting {
    new Rules()
        .that(
            !disclosure.isBlank(),
            "disclosure",
            "an empty text",
            "does not tell callers that they speak with a machine",
            "write disclosure: I'm an automated assistant.")
        .enforce();
  }

  /// What is spoken, in order, without the empty parts.
  public List<String> sentences() {
    return Stream.of(hello, disclosure, question).filter(each -> !each.isBlank()).toList();
  }
}
