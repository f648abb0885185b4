package dev.voxlog.llm.dialogue;

import dev.voxlog.schemas.CallEvent.Answer;

/// The kind of answer the dialogue waits for; `length` characters where that is known, else 0.
public record Expectation(Answer answer, int length) {
  public static final Expectation ANYTHING = new Expectation(Answer.ANYTHING, 0);
  public static final Expectation YES_NO = new Expectation(Answer.YES_NO, 0);
}
