package dev.voxlog.llm;

import dev.voxlog.agent.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts an answer into sentences while it comes. What was looked at is not looked at again with
/// what comes next.
final class SentenceCutter {
  private static final Pattern MARKS = Pattern.compile("[*#`]+");
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z]+>");
  private static final Pattern OPEN_TAG = Pattern.compile("</?[A-Za-z]*");
  private static final Pattern BULLET = Pattern.compile("\\n\\s*[-•]\\s+");
  private static final Pattern WHOLE = Pattern.compile("(?s).*[.!?…][\"'”’)\\]]*");

  /// Whatever goes on for longer is no tag.
  private static final int LONGEST_TAG = 32;

  /// What may be the beginning of a mark for the eye; a bullet follows a new line.
  private final StringBuilder written = new StringBuilder("\n");

  /// Of what is to be spoken, what was not given yet.
  private final StringBuilder spoken = new StringBuilder();

  /// Up to where no sentence of it ends.
  private int seen;

  private int length;

  /// Takes some more; gives the sentences that are whole now, since another has begun.
  List<String> add(String delta) {
    length += delta.length();
    written.append(MARKS.matcher(delta).replaceAll(""));
    speak(plainUntil());
    List<String> sentences = new ArrayList<>();
    int from = 0;
    for (int end = Sentences.end(spoken, seen); end >= 0; end = Sentences.end(spoken, end)) {
      sentences.addAll(Sentences.of(spoken.substring(from, end)));
      from = end;
    }
    spoken.delete(0, from);
    seen = openEnd();
    return sentences;
  }

  /// Up to where what is written can be no part of a mark that goes on.
  private int plainUntil() {
    int tag = written.lastIndexOf("<");
    boolean mayBeTag =
        tag >= 0
            && written.length() - tag <= LONGEST_TAG
            && OPEN_TAG.matcher(written.substring(tag)).matches();
    int last = beforeBlanks(written, written.length());
    boolean isDash = last > 0 && "-•".indexOf(written.charAt(last - 1)) >= 0;
    int line = written.indexOf("\n", isDash ? beforeBlanks(written, last - 1) : last);
    int until = line >= 0 ? line : written.length();
    return mayBeTag ? Math.min(tag, until) : until;
  }

  private void speak(int until) {
    String plain = TAG.matcher(written.substring(0, until)).replaceAll(" ");
    spoken.append(BULLET.matcher(plain).replaceAll("\n"));
    written.delete(0, until);
  }

  /// Where the marks and blanks begin that may be a sentence's end, once more comes.
  private int openEnd() {
    int at = beforeBlanks(spoken, spoken.length());
    while (at > 0 && ".!?…\"'”’)]".indexOf(spoken.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  private static int beforeBlanks(CharSequence text, int from) {
    int at = from;
    while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /// What is left, once nothing more comes.
  List<String> rest() {
    speak(written.length());
    return Sentences.of(spoken.toString());
  }

  /// Of what is left, what is whole by its last mark, where the rest is lost.
  List<String> whole() {
    List<String> rest = rest();
    boolean isWhole = WHOLE.matcher(spoken.toString().strip()).matches();
    return isWhole || rest.isEmpty() ? rest : rest.subList(0, rest.size() - 1);
  }

  /// How long the answer is so far, in characters.
  int length() {
    return length;
  }
}
