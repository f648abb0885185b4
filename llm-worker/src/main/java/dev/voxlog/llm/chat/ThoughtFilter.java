package dev.voxlog.llm.chat;

/// Leaves out what a model thinks before it answers, where its server has that in the answer, from
/// `<think>` at the beginning to `</think>` (Qwen, DeepSeek behind servers without a parser for
/// it). Confined to one thread.
final class ThoughtFilter {
  private static final String BEGIN = "<think>";
  private static final String END = "</think>";

  private final StringBuilder held = new StringBuilder();
  private Phase phase = Phase.BEFORE;

  private enum Phase {
    BEFORE,
    WITHIN,
    AFTER
  }

  /// Takes some more of the answer; gives what of it is to be said by now.
  String without(String delta) {
    if (phase == Phase.AFTER) {
      return delta;
    }
    held.append(delta);
    if (phase == Phase.BEFORE) {
      String begun = held.toString().stripLeading();
      if (begun.startsWith(BEGIN)) {
        phase = Phase.WITHIN;
      } else if (!BEGIN.startsWith(begun)) {
        return pass();
      }
    }
    int end = held.indexOf(END);
    if (phase == Phase.WITHIN && end >= 0) {
      held.delete(0, end + END.length());
      return pass();
    }
    if (phase == Phase.WITHIN) {
      held.delete(0, Math.max(0, held.length() - END.length()));
    }
    return "";
  }

  /// What is left to be said at the end: of a thought that never ended, nothing.
  String rest() {
    return phase == Phase.WITHIN ? "" : pass();
  }

  private String pass() {
    phase = Phase.AFTER;
    String said = held.toString();
    held.setLength(0);
    return said;
  }
}
