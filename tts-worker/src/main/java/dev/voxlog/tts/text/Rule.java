package dev.voxlog.tts.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A written form and how it is read; the first rule that matches and reads wins.
record Rule(Pattern pattern, Reading reading) {

  /// The words for a match, or none if the match is not this form after all.
  @FunctionalInterface
  interface Reading {
    List<String> read(MatchResult match, Context context);
  }

  /// What stands around the match.
  record Context(List<String> before, String after) {
    /// The n-th written word before, lower-case and without punctuation; empty if there is none.
    String wordBefore(int n) {
      return before.size() < n ? "" : before.get(before.size() - n);
    }
  }

  /// A form that ends where its last letter or digit does.
  static Rule of(String regex, Reading reading) {
    return new Rule(
        Pattern.compile(
            "(?:" + regex + ")(?![\\p{L}\\p{N}]|[-/.:,’'](?=\\p{N}))", Pattern.UNICODE_CASE),
        reading);
  }

  static Rule ignoringCase(String regex, Reading reading) {
    return new Rule(
        Pattern.compile(of(regex, reading).pattern.pattern(), Pattern.CASE_INSENSITIVE), reading);
  }
}
